import { Sparkles, X } from 'lucide-react';
import { useId } from 'react';
import { Button } from './Button';
import { cx } from './cx';
import { ProgressBar } from './ProgressBar';

interface ActionBarProps {
  label: string;
  disabled: boolean;
  /** What it costs, or why it cannot be pressed. */
  note: string;
  noteClassName?: string | false;
  /** While something is under way: what, and its share in [0, 1], `null` when unknown. Cancel is there as long. */
  progress: { text: string; value: number | null } | null;
  onRun: () => void;
  onCancel: () => void;
}

/** The one big button of a view, and how far its work is. */
export function ActionBar({ label, disabled, note, noteClassName, progress, onRun, onCancel }: ActionBarProps) {
  const noteId = useId();
  return (
    <div className="flex flex-col gap-2">
      {progress && (
        <div>
          <p className="mb-1.5 text-xs text-muted tabular-nums">{progress.text}</p>
          <ProgressBar label="Progress" value={progress.value} />
        </div>
      )}
      <div className="flex gap-2">
        <Button
          variant="primary"
          size="large"
          className="min-w-0 flex-1"
          aria-describedby={noteId}
          disabled={disabled}
          onClick={onRun}
        >
          <Sparkles size={18} aria-hidden />
          {label}
        </Button>
        {progress && (
          <Button size="large" onClick={onCancel}>
            <X size={18} aria-hidden />
            Cancel
          </Button>
        )}
      </div>
      <p id={noteId} className={cx('text-center text-xs text-muted', noteClassName)}>
        {note}
      </p>
    </div>
  );
}
