import { useId, type ReactNode } from 'react';
import { cx } from './cx';

interface PanelProps {
  title: string;
  /** At the heading's right: badges and small buttons. */
  aside?: ReactNode;
  children: ReactNode;
  id?: string;
  className?: string | undefined;
}

/** A titled part of the page. */
export function Panel({ title, aside, children, id, className }: PanelProps) {
  const headingId = useId();
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className={cx('flex min-w-0 flex-col rounded-2xl border border-line bg-surface shadow-card', className)}
    >
      <header className="flex min-h-12 items-center justify-between gap-3 px-4 pt-1.5">
        <h2 id={headingId} className="text-[0.8125rem] font-semibold tracking-tight">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
