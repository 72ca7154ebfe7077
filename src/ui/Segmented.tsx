import { useId } from 'react';
import { cx } from './cx';

interface SegmentedOption<T extends string> {
  value: T;
  label: string;
}

interface SegmentedProps<T extends string> {
  label: string;
  options: readonly SegmentedOption<T>[];
  value: T;
  disabled?: boolean;
  /** Where the choices say enough, the label is for screen readers only. */
  hideLabel?: boolean;
  onChange: (value: T) => void;
}

/** One of a few, all in sight: radio buttons underneath, so that arrow keys and screen readers know them. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, options, value, disabled, hideLabel = false, onChange } = props;
  const name = useId();
  return (
    <div role="group" aria-labelledby={`${name}-label`} className="min-w-0">
      <span id={`${name}-label`} className={hideLabel ? 'sr-only' : 'mb-1.5 block text-xs font-medium text-muted'}>
        {label}
      </span>
      <div className="grid auto-cols-fr grid-flow-col gap-0.5 rounded-lg bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              'relative flex h-8 items-center justify-center rounded-md px-2 text-[0.8125rem] whitespace-nowrap transition-colors pointer-coarse:h-11',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
              option.value === value ? 'bg-raised font-medium text-ink shadow-sm' : 'text-muted hover:text-ink',
            )}
          >
            <input
              type="radio"
              className="absolute inset-0 m-0 cursor-pointer opacity-0 disabled:cursor-default"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={disabled}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </div>
  );
}
