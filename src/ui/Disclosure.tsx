import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { cx } from './cx';

interface DisclosureProps {
  /** The accessible name of the button. */
  label: string;
  button: ReactNode;
  buttonClassName?: string;
  children: ReactNode;
}

/** A button with a small card under it. Escape or a press elsewhere closes the card. */
export function Disclosure({ label, button, buttonClassName, children }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const cardId = useId();
  useEffect(() => {
    if (!isOpen) return;
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setIsOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setIsOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('keydown', onKey, { capture: true });
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [isOpen]);
  return (
    <div ref={root} className="relative">
      <button
        type="button"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={cardId}
        className={cx(buttonClassName)}
        onClick={() => setIsOpen((open) => !open)}
      >
        {button}
      </button>
      <div
        id={cardId}
        hidden={!isOpen}
        className="absolute top-full right-0 z-30 mt-2 w-72 rounded-xl border border-line bg-raised p-3.5 text-[0.8125rem] leading-relaxed shadow-float"
      >
        {children}
      </div>
    </div>
  );
}
