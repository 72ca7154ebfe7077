import { megabytes } from '../../lib/format';
import { isBusy } from '../../state/selectors';
import { useAppState } from '../../state/session';
import { ActionBar } from '../../ui/ActionBar';
import { loadProgressText, runProgressText } from './progressText';

interface RunBarProps {
  onGenerate: () => void;
  onCancel: () => void;
}

/** The one big button, what it will cost, and how far it is. */
export function RunBar({ onGenerate, onCancel }: RunBarProps) {
  const busy = useAppState(isBusy);
  const bytes = useAppState((state) => (state.device ? null : (state.pack?.bytes ?? null)));
  const progress = useProgress();
  return (
    <ActionBar
      label="Generate"
      disabled={busy}
      note={
        bytes === null
          ? 'Runs on this device. Nothing is uploaded.'
          : `Downloads ${megabytes(bytes)} once, then all runs on this device.`
      }
      noteClassName={bytes === null && 'max-lg:sr-only'}
      progress={busy ? progress : null}
      onRun={onGenerate}
      onCancel={onCancel}
    />
  );
}

function useProgress(): { text: string; value: number | null } {
  const load = useAppState((state) => state.load);
  const activity = useAppState((state) => state.activity);
  const isRunning = useAppState((state) => state.engine === 'running');
  const total = useAppState((state) => state.recipe?.steps ?? 0);
  const step = useAppState((state) => state.lastStep);
  const pace = useAppState((state) => state.millisecondsPerStep);
  if (activity !== 'generate') return { text: 'A photo is being edited', value: null };
  return isRunning ? runProgressText(step, total, pace) : loadProgressText(load);
}
