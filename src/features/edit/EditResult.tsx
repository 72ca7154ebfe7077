import { Download, Eye, ScanFace } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ShownEdit } from '../../state/editSlice';
import { useAppState, useSession } from '../../state/session';
import { BitmapCanvas } from '../../ui/BitmapCanvas';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Segmented } from '../../ui/Segmented';
import { BeforeAfter } from './BeforeAfter';
import { Difference } from './Difference';

interface EditResultProps {
  onDownload: () => void;
  className?: string;
}

type Look = 'edit' | 'compare' | 'difference';

const LOOKS: readonly { value: Look; label: string }[] = [
  { value: 'edit', label: 'Edit' },
  { value: 'compare', label: 'Before, after' },
  { value: 'difference', label: 'Difference' },
];

const FRAME = 'relative mx-auto aspect-square w-full max-w-[34rem] overflow-hidden rounded-xl bg-sunken';

/** The edited face: the last step while it comes, then the finished one, beside the photo in three ways. */
export function EditResult({ onDownload, className }: EditResultProps) {
  const shown = useAppState((state) => state.shownEdit);
  const isRunning = useAppState((state) => state.editPhase === 'running');
  return (
    <Panel
      title="Edited"
      id="result"
      className={className}
      aside={shown && !isRunning && <DownloadButton onDownload={onDownload} />}
    >
      <div className="flex flex-col gap-3 px-4 pb-4">
        {isRunning ? <Running shown={shown} /> : shown ? <Finished shown={shown} /> : <Empty />}
      </div>
    </Panel>
  );
}

function DownloadButton({ onDownload }: { onDownload: () => void }) {
  return (
    <Button
      size="small"
      variant="ghost"
      aria-label="Download edited photo"
      title="The whole photo, in its full size"
      onClick={onDownload}
    >
      <Download size={16} aria-hidden />
      Download
    </Button>
  );
}

function Empty() {
  return (
    <div className={`${FRAME} grid place-items-center border border-dashed border-line-strong/60`}>
      <div className="flex max-w-60 flex-col items-center gap-3 text-center text-sm text-muted">
        <ScanFace size={36} strokeWidth={1.25} aria-hidden />
        <p>Repaint the mask or change the words, press “Apply edit”, and the face comes back with the change.</p>
      </div>
    </div>
  );
}

/** The step at hand; before the first, what was there. */
function Running({ shown }: { shown: ShownEdit | null }) {
  const { bench } = useSession();
  const alignedUrl = useAppState((state) => state.alignedUrl);
  // The bench holds the bitmap; the progress tells of a new one.
  useAppState((state) => state.editProgress);
  return (
    <div className={FRAME}>
      {bench.preview ? (
        <BitmapCanvas
          source={bench.preview}
          role="img"
          aria-label="Live preview"
          className="absolute inset-0 size-full"
        />
      ) : (
        <img src={shown?.afterUrl ?? alignedUrl ?? ''} alt="" className="absolute inset-0 size-full opacity-60" />
      )}
    </div>
  );
}

function Finished({ shown }: { shown: ShownEdit }) {
  const [look, setLook] = useState<Look>('edit');
  const pictures: Record<Look, ReactNode> = {
    edit: <Flicker shown={shown} />,
    compare: <BeforeAfter shown={shown} />,
    difference: <Difference shown={shown} />,
  };
  return (
    <>
      <Segmented label="Show" hideLabel options={LOOKS} value={look} onChange={setLook} />
      {pictures[look]}
      <Caption />
    </>
  );
}

/** The edit, and the photo as long as a button is held: the eye sees best what jumps. */
function Flicker({ shown }: { shown: ShownEdit }) {
  const [isHeld, setIsHeld] = useState(false);
  const hold = () => setIsHeld(true);
  const letGo = () => setIsHeld(false);
  return (
    <div className={FRAME}>
      <img src={shown.afterUrl} alt="Edited result" className="absolute inset-0 size-full" draggable={false} />
      {isHeld && (
        <img src={shown.beforeUrl} alt="Before the edit" className="absolute inset-0 size-full" draggable={false} />
      )}
      <Button
        size="small"
        aria-label="Flicker"
        title="Hold to see the photo before"
        aria-pressed={isHeld}
        className="absolute right-2 bottom-2 touch-none shadow-card"
        onPointerDown={hold}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
        onKeyDown={(event) => (event.key === ' ' || event.key === 'Enter') && hold()}
        onKeyUp={letGo}
        onBlur={letGo}
        onContextMenu={(event) => event.preventDefault()}
      >
        <Eye size={15} aria-hidden />
        {isHeld ? 'Before' : 'Hold for before'}
      </Button>
    </div>
  );
}

const PERCENT = 100;

function Caption() {
  const variant = useAppState((state) => state.variants[state.variant]);
  if (!variant) return null;
  return (
    <p className="mx-auto w-full max-w-[34rem] text-xs text-muted tabular-nums">
      Strength {Math.round(variant.strength * PERCENT)} % · the rest of the photo is kept as it was
    </p>
  );
}
