import { Dices, Lock, LockOpen } from 'lucide-react';
import { randomSeed } from '../../lib/seed';
import { isBusy, stepsOf } from '../../state/selectors';
import { useAppState } from '../../state/session';
import { IconButton } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Slider } from '../../ui/Slider';
import { ModeChoice } from './ModeChoice';
import { SeedInput } from './SeedInput';

/** More steps cost time and change nothing that eyes can see. */
export const STEPS_MAX = 100;

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

function ModeField({ disabled }: { disabled: boolean }) {
  const mode = useAppState((state) => state.mode);
  const setMode = useAppState((state) => state.setMode);
  return <ModeChoice mode={mode} disabled={disabled} onChange={setMode} />;
}

function SeedField({ disabled }: { disabled: boolean }) {
  const seed = useAppState((state) => state.seed);
  const keepSeed = useAppState((state) => state.keepSeed);
  const setSeed = useAppState((state) => state.setSeed);
  const setKeepSeed = useAppState((state) => state.setKeepSeed);
  const type = (typed: number) => {
    setSeed(typed);
    // Whoever types a seed wants that one.
    setKeepSeed(true);
  };
  return (
    <div className="flex items-end gap-1">
      <SeedInput seed={seed} hint="The same seed gives the same face." disabled={disabled} onChange={type} />
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
