import { X } from 'lucide-react';
import { useAppState, useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { ProgressBar } from '../../ui/ProgressBar';
import { PhotoField } from './PhotoField';
import { aligningText } from './progress';

/** The photo while its face is looked for and read. */
export function Aligning() {
  const { host } = useSession();
  const photo = useAppState((state) => state.photo);
  const activity = useAppState((state) => state.activity);
  const load = useAppState((state) => state.load);
  const phase = useAppState((state) => state.editPhase);
  const { text, value } = aligningText(phase, activity, load);
  return (
    <section
      aria-label="Reading the photo"
      className="flex min-h-0 grow flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-card"
    >
      {photo && <PhotoField photo={photo} />}
      <div className="flex items-center gap-4 border-t border-line p-4">
        <div className="grow">
          <p role="status" className="mb-1.5 text-xs text-muted tabular-nums">
            {text}
          </p>
          <ProgressBar label="Progress" value={value} />
        </div>
        {activity === 'face' && (
          <Button onClick={() => host.cancel()}>
            <X size={16} aria-hidden />
            Cancel
          </Button>
        )}
      </div>
    </section>
  );
}
