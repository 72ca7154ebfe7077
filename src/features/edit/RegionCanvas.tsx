import { useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { clamp } from '../../lib/clamp';
import type { Point } from '../../mask/raster';
import { useAppState, useSession } from '../../state/session';
import { BitmapCanvas } from '../../ui/BitmapCanvas';
import { cx } from '../../ui/cx';
import { placeIn } from '../../ui/placeIn';
import { useMaskRevision } from '../canvas';
import { paintDisc, paintRegion } from './regionPicture';

interface RegionCanvasProps {
  /** Diameter as a share of the side. */
  brush: number;
  isErasing: boolean;
}

/** Shares of the side that an arrow key moves the cursor by. */
const STEP = 0.02;
const MOVES: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** The face with what may change lit up; to be painted on when the region is the person's own. */
export function RegionCanvas({ brush, isErasing }: RegionCanvasProps) {
  const alignedUrl = useAppState((state) => state.alignedUrl);
  const isPainted = useAppState((state) => state.regionMode === 'painted');
  const image = useRegionImage();
  if (!alignedUrl || !image) return null;
  return (
    <div
      className={cx(
        'relative aspect-square shrink-0 overflow-hidden rounded-lg bg-sunken',
        isPainted ? 'w-full max-w-80' : 'w-40',
      )}
    >
      <img src={alignedUrl} alt="" className="absolute inset-0 size-full" draggable={false} />
      <BitmapCanvas
        source={image}
        role="img"
        aria-label="Where the edit may change something"
        className="absolute inset-0 size-full"
      />
      {isPainted && <Painting brush={brush} isErasing={isErasing} />}
    </div>
  );
}

function useRegionImage(): ImageData | null {
  const { edits, bench } = useSession();
  const revision = useMaskRevision();
  const painted = useAppState((state) => state.paintedRevision);
  const mode = useAppState((state) => state.regionMode);
  const words = useAppState((state) => `${state.photoDescription} ${state.editDescription}`);
  const face = useAppState((state) => state.alignedUrl);
  return useMemo(
    () => {
      const region = edits.region();
      return region && bench.face && paintRegion(region, bench.face.size);
    },
    // What the region is made of is read through the controller; these stand for it.
    // oxlint-disable-next-line react/exhaustive-deps
    [edits, bench, revision, painted, mode, words, face],
  );
}

/** Takes pointers and keys, and shows where the brush is. */
function Painting({ brush, isErasing }: RegionCanvasProps) {
  const keysId = useId();
  const [cursor, setCursor] = useState<Point | null>(null);
  const last = useRef<Point | null>(null);
  const { paint, keep } = useRegionBrush(brush, isErasing);
  const onMove = (event: PointerEvent) => {
    const at = placeIn(event.currentTarget, event);
    setCursor(at);
    if (!last.current) return;
    paint(last.current, at);
    last.current = at;
  };
  const lift = () => {
    last.current = null;
    keep();
  };
  const onKey = (event: KeyboardEvent) => {
    const at = cursor ?? { x: 0.5, y: 0.5 };
    const move = MOVES[event.key];
    if (move) setCursor({ x: clamp(at.x + move[0], 0, 1), y: clamp(at.y + move[1], 0, 1) });
    else if (event.key === ' ') paint(at, at);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="application"
      aria-label="Region canvas"
      aria-describedby={keysId}
      // An application widget takes the focus itself.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="absolute inset-0 cursor-none touch-none outline-offset-[-2px]"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = placeIn(event.currentTarget, event);
        onMove(event);
      }}
      onPointerMove={onMove}
      onPointerUp={lift}
      onPointerCancel={lift}
      onPointerLeave={() => setCursor(null)}
      onKeyDown={onKey}
      onBlur={keep}
    >
      {cursor && <Ring at={cursor} brush={brush} isErasing={isErasing} />}
      <p id={keysId} className="sr-only">
        Arrow keys move the brush, Space puts it down.
      </p>
    </div>
  );
}

function useRegionBrush(brush: number, isErasing: boolean) {
  const { edits, bench } = useSession();
  return {
    paint: (from: Point, to: Point) => {
      const size = bench.face?.size ?? 0;
      const region = bench.painted?.slice() ?? new Uint8Array(size * size);
      paintDisc(region, size, from, to, brush / 2, isErasing ? 0 : 1);
      edits.setPainted(region);
    },
    keep: () => edits.keepPainted(),
  };
}

function Ring({ at, brush, isErasing }: RegionCanvasProps & { at: Point }) {
  return (
    <div
      aria-hidden
      className={cx(
        'pointer-events-none absolute aspect-square -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-white shadow-[0_0_0_1px_black]',
        isErasing && 'border-dashed',
      )}
      style={{ left: `${at.x * 100}%`, top: `${at.y * 100}%`, width: `${brush * 100}%` }}
    />
  );
}
