import { MIRROR_PARTNER } from '../../mask/classes';
import { stampCapsule, type Point } from '../../mask/raster';
import type { Sample, Tool, ToolContext } from './tool';

/** A pen at no pressure still draws with this share of the brush's radius; at full pressure with all of it. */
const LIGHTEST_STROKE = 0.3;
/** Weight of the newest pressure against those before: about three samples long, enough to calm a digitiser's noise. */
const PRESSURE_WEIGHT = 0.5;

/** Brush and eraser: a hard round nib along the pointer's path. */
export function createStrokeTool(label: string, classOf: (context: ToolContext) => number): Tool {
  let last: Sample | null = null;
  let pressure: number | null = null;

  function mark(context: ToolContext, from: Point, sample: Sample): void {
    if (sample.pressure !== null) {
      pressure = pressure === null ? sample.pressure : pressure + PRESSURE_WEIGHT * (sample.pressure - pressure);
    }
    const radius = context.brushRadius * (pressure === null ? 1 : LIGHTEST_STROKE + (1 - LIGHTEST_STROKE) * pressure);
    stampSegment(context, from, sample, radius, classOf(context));
  }

  function finish(): void {
    last = null;
    pressure = null;
  }

  return {
    cursor: 'ring',
    begin(context, sample) {
      finish();
      context.document.begin(label);
      mark(context, sample, sample);
      last = sample;
    },
    move(context, samples) {
      for (const sample of samples) {
        if (!last) return;
        mark(context, last, sample);
        last = sample;
      }
    },
    end(context) {
      finish();
      context.document.commit();
    },
    cancel(context) {
      finish();
      context.document.abort();
    },
  };
}

function stampSegment(
  { document, symmetry }: ToolContext,
  from: Point,
  to: Point,
  radius: number,
  value: number,
): void {
  const mask = document.live;
  if (symmetry) {
    const mirror = (point: Point) => ({ x: mask.size - point.x, y: point.y });
    document.touch(stampCapsule(mask, mirror(from), mirror(to), radius, MIRROR_PARTNER[value]!));
  }
  document.touch(stampCapsule(mask, from, to, radius, value));
}
