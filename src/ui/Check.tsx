import { Check as CheckMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx';

interface CheckProps {
  label: string;
  checked: boolean;
  /** Beside the label, for the eyes only. */
  mark?: ReactNode;
  onChange: (checked: boolean) => void;
}

/** A box with its label, all of which can be pressed. */
export function Check({ label, checked, mark, onChange }: CheckProps) {
  return (
    <label className="relative flex min-h-7 items-center gap-2 rounded-md px-1 text-[0.8125rem] whitespace-nowrap hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:min-h-11">
      <input
        type="checkbox"
        className="absolute inset-0 m-0 cursor-pointer opacity-0"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span
        aria-hidden
        className={cx(
          'inline-flex size-4 shrink-0 items-center justify-center rounded border',
          checked ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-raised',
        )}
      >
        {checked && <CheckMark size={12} strokeWidth={3} />}
      </span>
      {mark}
      {label}
    </label>
  );
}
