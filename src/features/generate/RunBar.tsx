import { Sparkles, X } from 'lucide-react';
import { useId } from 'react';
import { megabytes } from '../../lib/format';
import { isBusy } from '../../state/selectors';
import { useAppState } from '../../state/session';
import { Button } from '../../ui/Button';
import { cx } from '../../ui/cx';
import { ProgressBar } from '../../ui/ProgressBar';
import { loadProgressText, runProgressText } from './progressText';

interface RunBarProps {
  onGenerate: () => void;
  onCancel: () => void;
}

/** The one big button, what it will cost, and how far it is. */
export function RunBar({ onGenerate, onCancel }: RunBarProps) {
  const busy = useAppState(isBusy);
  const bytes = useAppState((state) => (state.device ? null : (state.pack?.bytes ?? null)));
  const noteId = useId();
  return (
    <div className="flex flex-col gap-2">
      {busy && <Progress />}
      <div className="flex gap-2">
        <Button
          variant="primary"
          size="large"
          className="min-w-0 flex-1"
          aria-describedby={noteId}
          disabled={busy}
          onClick={onGenerate}
        >
          <Sparkles size={18} aria-hidden />
          Generate
        </Button>
        {busy && (
          <Button size="large" onClick={onCancel}>
            <X size={18} aria-hidden />
            Cancel
          </Button>
        )}
      </div>
      <p id={noteId} className={cx('text-center text-xs text-muted', bytes === null && 'max-lg:sr-only')}>
        {bytes === null
          ? 'Runs on this device. Nothing is uploaded.'
          : `Downloads ${megabytes(bytes)} once, then all runs on this device.`}
      </p>
    </div>
  );
}

function Progress() {
  const load = useAppState((state) => state.load);
  const activity = useAppState((state) => state.activity);
  const isRunning = useAppState((state) => state.engine === 'running');
  const total = useAppState((state) => state.recipe?.steps ?? 0);
  const step = useAppState((state) => state.lastStep);
  const pace = useAppState((state) => state.millisecondsPerStep);
  const isOurs = activity === 'generate';
  const ours = isRunning ? runProgressText(step, total, pace) : loadProgressText(load);
  const { text, value } = isOurs ? ours : { text: 'A photo is being edited', value: null };
  return (
    <div>
      <p className="mb-1.5 text-xs text-muted tabular-nums">{text}</p>
      <ProgressBar label="Progress" value={value} />
    </div>
  );
}
