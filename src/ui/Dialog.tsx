import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Of the dialog: its width, where the usual one does not fit. */
  className?: string | undefined;
  children: ReactNode;
}

/** The browser's own modal dialog: focus is kept inside and given back, Escape closes it. */
export function Dialog({ title, isOpen, onClose, className, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog || dialog.open === isOpen) return;
    if (isOpen) dialog.showModal();
    else dialog.close();
  }, [isOpen]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      // The dialog's box is its content, so a press on the element itself is one on the backdrop.
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
      className={cx(
        'm-auto max-h-[calc(100dvh-2rem)] max-w-[calc(100vw-2rem)] overscroll-contain rounded-2xl border border-line bg-surface p-0 text-ink shadow-float backdrop:bg-black/45',
        className ?? 'w-[34rem]',
      )}
    >
      <div className="p-5 pt-0">
        <header className="sticky top-0 z-10 -mx-5 mb-1 flex items-center justify-between bg-surface px-5 pt-3 pb-2">
          <h2 id={titleId} className="text-base font-semibold">
            {title}
          </h2>
          <IconButton label="Close" icon={<X size={18} />} tooltipAlign="end" onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
