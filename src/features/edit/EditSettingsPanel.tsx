import { Dices } from 'lucide-react';
import { randomSeed } from '../../lib/seed';
import { editStepsOf, isBusy } from '../../state/selectors';
import { useAppState } from '../../state/session';
import { IconButton } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Slider } from '../../ui/Slider';
import { ModeChoice, SeedInput, STEPS_MAX } from '../generate';

const PERCENT = 100;

/** How strongly and by whom the face is changed. */
export function EditSettingsPanel() {
  const strength = useAppState((state) => state.strength);
  const mode = useAppState((state) => state.editMode);
  const set = useAppState((state) => state.setEdit);
  const busy = useAppState(isBusy);
  return (
    <Panel title="Edit">
      <div className="flex flex-col gap-4 px-4 pb-4">
        <Slider
          label="Strength"
          value={strength}
          min={0}
          max={1}
          step={0.05}
          shown={`${Math.round(strength * PERCENT)} %`}
          disabled={busy}
          onChange={(value) => set({ strength: value })}
        />
        <ModeChoice mode={mode} disabled={busy} onChange={(editMode) => set({ editMode })} />
        <Balance disabled={busy} />
        <details className="group">
          <summary className="cursor-pointer rounded text-xs font-medium text-muted hover:text-ink pointer-coarse:py-3">
            Settings
          </summary>
          <div className="mt-3 flex flex-col gap-4">
            <Steps disabled={busy} />
            <Seed disabled={busy} />
          </div>
        </details>
      </div>
    </Panel>
  );
}

function Balance({ disabled }: { disabled: boolean }) {
  const balance = useAppState((state) => state.balance);
  const isShared = useAppState(({ pack, editMode }) => (pack?.collaborators.length ?? 0) > 1 && editMode === 'both');
  const set = useAppState((state) => state.setEdit);
  if (!isShared) return null;
  const percent = Math.round(Math.abs(balance) * PERCENT);
  const shown = balance === 0 ? 'even' : `${percent} % more ${balance > 0 ? 'text' : 'mask'}`;
  return (
    <div>
      <Slider
        label="Balance"
        value={balance}
        min={-1}
        max={1}
        step={0.1}
        shown={shown}
        disabled={disabled}
        onChange={(value) => set({ balance: value })}
      />
      <p aria-hidden className="flex justify-between text-[0.6875rem] text-muted">
        <span>Mask</span>
        <span>Text</span>
      </p>
    </div>
  );
}

function Steps({ disabled }: { disabled: boolean }) {
  const steps = useAppState(editStepsOf);
  const set = useAppState((state) => state.setEdit);
  return (
    <Slider
      label="Steps"
      value={steps}
      min={1}
      max={STEPS_MAX}
      disabled={disabled}
      onChange={(editSteps) => set({ editSteps })}
    />
  );
}

function Seed({ disabled }: { disabled: boolean }) {
  const seed = useAppState((state) => state.editSeed);
  const set = useAppState((state) => state.setEdit);
  return (
    <div className="flex items-end gap-1">
      <SeedInput
        seed={seed}
        hint="The same seed makes the same edit."
        disabled={disabled}
        onChange={(editSeed) => set({ editSeed })}
      />
      <IconButton
        label="Another seed"
        icon={<Dices size={18} />}
        tooltipAlign="end"
        disabled={disabled}
        onClick={() => set({ editSeed: randomSeed() })}
      />
    </div>
  );
}
