import { useId, useState } from 'react';
import { parseSeed, SEED_MAX } from '../../lib/seed';

interface SeedInputProps {
  seed: number;
  /** What a seed is good for, for screen readers. */
  hint: string;
  disabled: boolean;
  onChange: (seed: number) => void;
}

export function SeedInput({ seed, hint, disabled, onChange }: SeedInputProps) {
  const id = useId();
  /** What is being typed, while it is not a seed (yet); else the seed itself is shown. */
  const [draft, setDraft] = useState<string | null>(null);
  const type = (typed: string) => {
    const parsed = parseSeed(typed);
    setDraft(parsed === null ? typed : null);
    if (parsed !== null) onChange(parsed);
  };
  return (
    <div className="min-w-0 flex-1">
      <label htmlFor={id} className="mb-1.5 block text-xs font-medium text-muted">
        Seed
      </label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        className="h-9 w-full rounded-lg border border-line-strong bg-raised px-3 text-sm tabular-nums disabled:opacity-60 aria-invalid:border-danger pointer-coarse:h-11"
        value={draft ?? String(seed)}
        disabled={disabled}
        aria-invalid={draft !== null}
        aria-describedby={`${id}-hint`}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={() => setDraft(null)}
      />
      <p id={`${id}-hint`} className={draft === null ? 'sr-only' : 'mt-1.5 text-xs text-danger'}>
        {draft === null ? hint : `A whole number from 0 to ${SEED_MAX}.`}
      </p>
    </div>
  );
}
