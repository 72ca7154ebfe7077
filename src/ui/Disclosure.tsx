import { useId, useState, type KeyboardEvent, type ReactNode, type ToggleEvent } from 'react';
import { cx } from './cx';

interface DisclosureProps {
  /** The accessible name of the button. */
  label: string;
  button: ReactNode;
  buttonClassName?: string;
  /** Of the card: its width, where the usual one does not fit. */
  className?: string | undefined;
  /** Made only while the card is open. */
  children: ReactNode;
}

/** CSS pixels between the button and the card. */
const GAP = 8;

/**
 * A button with a small card beside it, or on narrow screens at the lower edge. The browser's own popover: above everything, never
 * cut off, and closed by Escape or a press elsewhere.
 */
export function Disclosure({ label, button, buttonClassName, className, children }: DisclosureProps) {
  const [isOpen, setIsOpen] = useState(false);
  const cardId = useId();
  return (
    // The card is part of the page's order where it is, so keys pressed in it come through here too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="relative" onKeyDown={(event) => isOpen && keepEscape(event)}>
      <button
        type="button"
        aria-label={label}
        title={label}
        aria-expanded={isOpen}
        popoverTarget={cardId}
        className={cx(buttonClassName)}
      >
        {button}
      </button>
      <div
        id={cardId}
        popover="auto"
        role="group"
        aria-label={label}
        onBeforeToggle={(event) => {
          place(event);
          setIsOpen(event.newState === 'open');
        }}
        className={cx(
          'm-0 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-xl border border-line bg-raised p-3.5 text-[0.8125rem] leading-relaxed text-ink shadow-float',
          'top-(--card-top) right-(--card-right) bottom-(--card-bottom) left-(--card-left) max-h-(--card-height)',
          'max-sm:inset-x-2 max-sm:top-auto max-sm:bottom-2 max-sm:max-h-[60dvh] max-sm:w-auto max-sm:max-w-none max-sm:p-4',
          className ?? 'w-72',
        )}
      >
        {/* At the lower edge the card is far from the button that names it. */}
        <p aria-hidden className="mb-2 font-semibold sm:hidden">
          {label}
        </p>
        {isOpen && children}
      </div>
    </div>
  );
}

/** Escape closes the card and does nothing else on the page. */
function keepEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.stopPropagation();
}

/** Puts the card under its button or above it, where there is more room, with the edge that keeps it on the screen. */
function place(event: ToggleEvent<HTMLDivElement>): void {
  const card = event.currentTarget;
  const anchor = card.previousElementSibling?.getBoundingClientRect();
  if (event.newState !== 'open' || !anchor) return;
  const { innerWidth, innerHeight } = window;
  const isBelow = innerHeight - anchor.bottom >= anchor.top;
  const isLeft = anchor.left + anchor.right < innerWidth;
  const room = (isBelow ? innerHeight - anchor.bottom : anchor.top) - 2 * GAP;
  const values = {
    top: isBelow ? `${anchor.bottom + GAP}px` : 'auto',
    bottom: isBelow ? 'auto' : `${innerHeight - anchor.top + GAP}px`,
    left: isLeft ? `${Math.max(anchor.left, GAP)}px` : 'auto',
    right: isLeft ? 'auto' : `${Math.max(innerWidth - anchor.right, GAP)}px`,
    height: `${room}px`,
  };
  for (const [name, value] of Object.entries(values)) card.style.setProperty(`--card-${name}`, value);
}
