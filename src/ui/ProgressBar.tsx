interface ProgressBarProps {
  label: string;
  /** 0 … 1, or `null` while nobody knows. */
  value: number | null;
}

const PERCENT = 100;

export function ProgressBar({ label, value }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={PERCENT}
      aria-valuenow={value === null ? undefined : Math.round(value * PERCENT)}
      className="h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      {value === null ? (
        <div className="h-full w-1/3 animate-pulse rounded-full bg-accent" />
      ) : (
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-150"
          style={{ width: `${value * PERCENT}%` }}
        />
      )}
    </div>
  );
}
