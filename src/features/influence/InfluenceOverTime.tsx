import { mean } from '../../lib/grid';
import { useAppState, useSession } from '../../state/session';
import { influencePath } from './influencePath';

/** In the units of the drawing, which stretches to its place. */
const WIDTH = 100;
const HEIGHT = 24;

/** How the share of the first collaborator in the whole picture moves from the first step to the last. */
export function InfluenceOverTime({ label, shown }: { label: string; shown: number }) {
  const { frames } = useSession();
  // Not read, but a new frame must draw again.
  useAppState((state) => state.lastStep);
  const total = frames.all[0]?.total ?? 1;
  const points = frames.all.flatMap(({ step, influence: [first] }) =>
    first ? [{ x: position(step, total), y: mean(first.weights) }] : [],
  );
  if (points.length < 2) return null;
  const mark = position(shown, total) * WIDTH;
  return (
    <figure className="mt-2.5">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Share of ${label} over the steps, from ${points[0]!.y.toFixed(2)} to ${points.at(-1)!.y.toFixed(2)}`}
        className="block h-8 w-full overflow-hidden rounded-md bg-line-strong/60"
      >
        <path d={influencePath(points, WIDTH, HEIGHT)} className="fill-accent" />
        <line
          x1={mark}
          x2={mark}
          y1={0}
          y2={HEIGHT}
          vectorEffect="non-scaling-stroke"
          className="stroke-ink stroke-[1.5]"
        />
      </svg>
      <figcaption className="mt-1 flex justify-between text-[0.6875rem] text-muted">
        <span>First step</span>
        <span>Share of “{label}” over time</span>
        <span>Last</span>
      </figcaption>
    </figure>
  );
}

/** The first step at 0, the last at 1. */
const position = (step: number, total: number): number => (total > 1 ? (step - 1) / (total - 1) : 0);
