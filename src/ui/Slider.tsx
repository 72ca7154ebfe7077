import { useId } from 'react';

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  disabled?: boolean;
  onChange: (value: number) => void;
}

export function Slider({ label, value, min, max, disabled, onChange }: SliderProps) {
  const id = useId();
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between">
        <label htmlFor={id} className="text-xs font-medium text-muted">
          {label}
        </label>
        <output htmlFor={id} className="text-[0.8125rem] font-medium tabular-nums">
          {value}
        </output>
      </div>
      <input
        id={id}
        type="range"
        className="h-6 w-full cursor-pointer accent-accent disabled:cursor-default pointer-coarse:h-11"
        min={min}
        max={max}
        step={1}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
