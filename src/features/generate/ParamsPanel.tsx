import { Dices, Lock, LockOpen } from 'lucide-react';
import { useId, useState } from 'react';
import { parseSeed, randomSeed, SEED_MAX } from '../../lib/seed';
import { isBusy, modeFor, stepsOf } from '../../state/selectors';
import { useAppState } from '../../state/session';
import { IconButton } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Segmented } from '../../ui/Segmented';
import { Slider } from '../../ui/Slider';

/** More steps cost time and change nothing that eyes can see. */
const STEPS_MAX = 100;

export function ParamsPanel() {
  const steps = useAppState(stepsOf);
  const setSteps = useAppState((state) => state.setSteps);
  const busy = useAppState(isBusy);
  return (
    <Panel title="Settings">
      <div className="flex flex-col gap-4 px-4 pb-4">
        <ModeField disabled={busy} />
        <Slider label="Steps" value={steps} min={1} max={STEPS_MAX} disabled={busy} onChange={setSteps} />
        <SeedField disabled={busy} />
      </div>
    </Panel>
  );
}

/** Short enough for a phone; the packs' own labels are sentences' parts. */
const ALONE = { class_mask: 'Mask only', tokens: 'Text only' } as const;

function ModeField({ disabled }: { disabled: boolean }) {
  const pack = useAppState((state) => state.pack);
  const mode = useAppState((state) => state.mode);
  const setMode = useAppState((state) => state.setMode);
  if (!pack || pack.collaborators.length < 2) return null;
  const options = [
    { value: 'both', label: pack.collaborators.length === 2 ? 'Both' : 'All' },
    ...pack.collaborators.map(({ id, kind }) => ({ value: id, label: ALONE[kind] })),
  ];
  return (
    <Segmented label="Guided by" options={options} value={modeFor(pack, mode)} disabled={disabled} onChange={setMode} />
  );
}

function SeedField({ disabled }: { disabled: boolean }) {
  const keepSeed = useAppState((state) => state.keepSeed);
  const setSeed = useAppState((state) => state.setSeed);
  const setKeepSeed = useAppState((state) => state.setKeepSeed);
  return (
    <div className="flex items-end gap-1">
      <SeedInput disabled={disabled} />
      <IconButton
        label="Another seed"
        icon={<Dices size={18} />}
        disabled={disabled}
        onClick={() => setSeed(randomSeed())}
      />
      <IconButton
        label={keepSeed ? 'Seed is kept' : 'New seed for every run'}
        icon={keepSeed ? <Lock size={18} /> : <LockOpen size={18} />}
        tooltipAlign="end"
        disabled={disabled}
        onClick={() => setKeepSeed(!keepSeed)}
      />
    </div>
  );
}

function SeedInput({ disabled }: { disabled: boolean }) {
  const id = useId();
  const seed = useAppState((state) => state.seed);
  const setSeed = useAppState((state) => state.setSeed);
  const setKeepSeed = useAppState((state) => state.setKeepSeed);
  /** What is being typed, while it is not a seed (yet); else the seed itself is shown. */
  const [draft, setDraft] = useState<string | null>(null);
  const type = (typed: string) => {
    const parsed = parseSeed(typed);
    setDraft(parsed === null ? typed : null);
    if (parsed === null) return;
    setSeed(parsed);
    // Whoever types a seed wants that one.
    setKeepSeed(true);
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
        {draft === null ? 'The same seed gives the same face.' : `A whole number from 0 to ${SEED_MAX}.`}
      </p>
    </div>
  );
}
