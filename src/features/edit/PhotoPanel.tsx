import { Crop, ImageUp, Trash2 } from 'lucide-react';
import { isBusy } from '../../state/selectors';
import { useAppState, useSession } from '../../state/session';
import { IconButton } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { AnotherPhoto, PrivacyLine } from './Intake';
import { useReplacePhoto } from './useReplacePhoto';

/** The photo at hand: its aligned face, and what can be done with it as a whole. */
export function PhotoPanel() {
  const photo = useAppState((state) => state.photo);
  const alignedUrl = useAppState((state) => state.alignedUrl);
  if (!photo || !alignedUrl) return null;
  return (
    <Panel title="Photo" aside={<PhotoActions />}>
      <div className="flex items-center gap-3 px-4 pb-4">
        <img src={alignedUrl} alt="Aligned face" className="size-20 shrink-0 rounded-lg" draggable={false} />
        <div className="min-w-0 text-xs text-muted">
          <p className="truncate text-[0.8125rem] font-medium text-ink" title={photo.name}>
            {photo.name}
          </p>
          <p className="mt-0.5 mb-2 tabular-nums">
            {photo.width} × {photo.height} pixels
          </p>
          <PrivacyLine />
        </div>
      </div>
    </Panel>
  );
}

function PhotoActions() {
  const { photos } = useSession();
  const { close } = useReplacePhoto();
  const busy = useAppState(isBusy);
  return (
    <div className="-mr-1.5 flex items-center">
      <IconButton
        label="Adjust the square"
        icon={<Crop size={17} />}
        disabled={busy}
        onClick={() => photos.adjustCrop()}
      />
      <AnotherPhoto className="inline-flex size-9 items-center justify-center rounded-lg text-muted hover:bg-sunken hover:text-ink pointer-coarse:size-11">
        <ImageUp size={17} aria-hidden />
      </AnotherPhoto>
      <IconButton
        label="Remove the photo from this page"
        icon={<Trash2 size={17} />}
        tooltipAlign="end"
        disabled={busy}
        onClick={close}
      />
    </div>
  );
}
