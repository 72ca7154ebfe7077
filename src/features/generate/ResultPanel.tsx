import { Download, ScanFace } from 'lucide-react';
import { useId } from 'react';
import { shownStep, showsResult } from '../../state/selectors';
import { useAppState, useSession } from '../../state/session';
import { BitmapCanvas } from '../../ui/BitmapCanvas';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { ProbeMark, useProbe } from '../influence';
import { describeResult } from './describeResult';

interface ResultPanelProps {
  onDownload: () => void;
  className?: string;
}

/** The picture: a step's preview while it comes or when scrubbed to, else the finished one. */
export function ResultPanel({ onDownload, className }: ResultPanelProps) {
  const hasResult = useAppState((state) => state.resultUrl !== null);
  return (
    <Panel
      title="Face"
      id="result"
      className={className}
      aside={hasResult && <DownloadButton onDownload={onDownload} />}
    >
      <div className="flex flex-1 flex-col items-center justify-center px-4 pb-4">
        <Picture />
        <Caption />
      </div>
    </Panel>
  );
}

function DownloadButton({ onDownload }: { onDownload: () => void }) {
  return (
    <Button size="small" variant="ghost" aria-label="Download PNG" onClick={onDownload}>
      <Download size={16} aria-hidden />
      PNG
    </Button>
  );
}

const FRAME = 'relative aspect-square w-full max-w-[34rem] overflow-hidden rounded-xl bg-sunken';
const FILL = 'absolute inset-0 size-full';

function Picture() {
  const step = useAppState(shownStep);
  const probe = useProbe();
  if (step === 0) return <EmptyPicture />;
  return (
    <div className={FRAME} {...probe}>
      <ShownPicture step={step} />
      <ProbeMark />
    </div>
  );
}

function ShownPicture({ step }: { step: number }) {
  const { frames } = useSession();
  const resultUrl = useAppState((state) => state.resultUrl);
  const isFinished = useAppState(showsResult);
  const recipe = useAppState((state) => state.recipe);
  const id = useId();
  const frame = frames.at(step);
  return (
    <>
      {isFinished && resultUrl ? (
        <img src={resultUrl} alt="Result" aria-describedby={id} className={FILL} draggable={false} />
      ) : (
        frame && (
          <BitmapCanvas
            source={frame.preview}
            role="img"
            aria-label={resultUrl ? 'Result' : 'Live preview'}
            aria-describedby={id}
            className={FILL}
          />
        )
      )}
      <p id={id} className="sr-only">
        {recipe && describeResult(recipe, isFinished ? null : step)}
      </p>
    </>
  );
}

function EmptyPicture() {
  return (
    <div className={`${FRAME} grid place-items-center border border-dashed border-line-strong/60`}>
      <div className="flex max-w-56 flex-col items-center gap-3 text-center text-sm text-muted">
        <ScanFace size={36} strokeWidth={1.25} aria-hidden />
        <p>Paint the mask, describe the face, and it appears here, step by step.</p>
      </div>
    </div>
  );
}

function Caption() {
  const recipe = useAppState((state) => state.recipe);
  const step = useAppState(shownStep);
  const isFinished = useAppState(showsResult);
  if (!recipe) return null;
  const what = isFinished ? `${recipe.steps} steps` : `Step ${step} of ${recipe.steps}`;
  return (
    <p className="mt-2.5 w-full max-w-[34rem] text-xs text-muted tabular-nums">
      {what} · seed {recipe.seed}
    </p>
  );
}
