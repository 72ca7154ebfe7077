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
  /** Puts the label before the choices instead of above them. */
  inline?: boolean;
  onChange: (value: T) => void;
}

/** One of a few, all in sight: radio buttons underneath, so that arrow keys and screen readers know them. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, options, value, disabled, inline = false, onChange } = props;
  const name = useId();
  return (
    <div role="group" aria-labelledby={`${name}-label`} className={cx('min-w-0', inline && 'flex items-center gap-2')}>
      <span
        id={`${name}-label`}
        className={cx('block text-xs font-medium whitespace-nowrap text-muted', !inline && 'mb-1.5')}
      >
        {label}
      </span>
      <div className="grid grow auto-cols-fr grid-flow-col gap-0.5 rounded-lg bg-sunken p-0.5">
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
