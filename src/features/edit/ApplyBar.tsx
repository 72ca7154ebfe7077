import { canEdit, isBusy } from '../../state/selectors';
import { useAppState } from '../../state/session';
import { ActionBar } from '../../ui/ActionBar';
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
  const progress = useProgress();
  return (
    <ActionBar
      label="Apply edit"
      disabled={!ready || !hasChanges}
      note={
        hasChanges
          ? 'Runs on this device. Your photo stays here.'
          : 'Nothing is changed yet: repaint the mask, or change the words.'
      }
      progress={busy ? progress : null}
      onRun={onApply}
      onCancel={onCancel}
    />
  );
}

function useProgress(): { text: string; value: number | null } {
  const load = useAppState((state) => state.load);
  const progress = useAppState((state) => state.editProgress);
  const isOurs = useAppState((state) => state.activity === 'edit');
  return isOurs ? editText(progress, load) : { text: 'A face is being made', value: null };
}
