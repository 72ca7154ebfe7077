import { Sparkles, X } from 'lucide-react';
import { useId } from 'react';
import { canEdit, isBusy } from '../../state/selectors';
import { useAppState } from '../../state/session';
import { Button } from '../../ui/Button';
import { ProgressBar } from '../../ui/ProgressBar';
import { editText } from './progress';
import { useHasChanges } from './useHasChanges';

interface ApplyBarProps {
  onApply: () => void;
  onCancel: () => void;
}

/** The one big button, why it cannot be pressed, and how far it is. */
export function ApplyBar({ onApply, onCancel }: ApplyBarProps) {
  const busy = useAppState(isBusy);
  const ready = useAppState(canEdit);
  const hasChanges = useHasChanges();
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
          disabled={!ready || !hasChanges}
          onClick={onApply}
        >
          <Sparkles size={18} aria-hidden />
          Apply edit
        </Button>
        {busy && (
          <Button size="large" onClick={onCancel}>
            <X size={18} aria-hidden />
            Cancel
          </Button>
        )}
      </div>
      <p id={noteId} className="text-center text-xs text-muted">
        {hasChanges
          ? 'Runs on this device. Your photo stays here.'
          : 'Nothing is changed yet: repaint the mask, or change the words.'}
      </p>
    </div>
  );
}

function Progress() {
  const load = useAppState((state) => state.load);
  const progress = useAppState((state) => state.editProgress);
  const isOurs = useAppState((state) => state.activity === 'edit');
  const { text, value } = isOurs ? editText(progress, load) : { text: 'A face is being made', value: null };
  return (
    <div>
      <p className="mb-1.5 text-xs text-muted tabular-nums">{text}</p>
      <ProgressBar label="Progress" value={value} />
    </div>
  );
}
