import { useId } from 'react';
import { cx } from './cx';

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  /** The value with its unit, where it has one. */
  shown?: string;
  disabled?: boolean;
  className?: string | undefined;
  onChange: (value: number) => void;
}

export function Slider({ label, value, min, max, step = 1, shown, disabled, className, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className={cx('grid min-w-0 grid-cols-[1fr_auto] items-baseline gap-x-2', className)}>
      <label htmlFor={id} className="truncate text-xs font-medium text-muted">
        {label}
      </label>
      <output htmlFor={id} className="text-xs font-medium tabular-nums">
        {shown ?? value}
      </output>
      <input
        id={id}
        type="range"
        className="col-span-2 h-6 w-full min-w-0 cursor-pointer accent-accent disabled:cursor-default pointer-coarse:h-11"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={shown}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
