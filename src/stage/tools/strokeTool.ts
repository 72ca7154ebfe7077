import type { Ink } from '../../mask/ink';
import { stampCapsule, type Point } from '../../mask/raster';
import { unionRect, type Rect } from '../../mask/rect';
import { snapAngle } from './angles';
import { commitAs, markBoth } from './marks';
import type { Sample, Tool, ToolContext } from './tool';

/** A pen at no pressure still draws with this share of the brush's radius; at full pressure with all of it. */
const LIGHTEST_STROKE = 0.3;
/** Weight of the newest pressure against those before: about three samples long, enough to calm a digitiser's noise. */
const PRESSURE_WEIGHT = 0.5;

/** A straight part of a stroke, which turns around its start as long as Shift is held. */
interface Straight {
  readonly from: Point;
  /** The mask without it: what every move starts from. */
  readonly before: Uint8Array;
  drawn: Rect | null;
}

/** Brush and eraser: a hard round nib along the pointer's path, or straight with Shift. */
export class StrokeTool implements Tool {
  readonly cursor = 'ring';
  readonly press = 'drag';
  readonly #label: string;
  readonly #inkOf: (context: ToolContext) => Ink;
  #nib: Point | null = null;
  /** Where the pointer is: the nib itself unless that keeps to a straight line. */
  #pointer: Point | null = null;
  #pressure: number | null = null;
  #straight: Straight | null = null;
  /** Where the last stroke ended: a press with Shift goes on from there. */
  #lastEnd: Point | null = null;

  constructor(label: string, inkOf: (context: ToolContext) => Ink) {
    this.#label = label;
    this.#inkOf = inkOf;
  }

  begin(context: ToolContext, sample: Sample): void {
    this.#finish();
    this.#feel(sample);
    this.#pointer = sample;
    context.document.begin(this.#label);
    this.#drawFree(context, sample.shift && this.#lastEnd ? this.#lastEnd : sample, sample);
  }

  move(context: ToolContext, samples: readonly Sample[]): void {
    for (const [i, sample] of samples.entries()) {
      // An undo in the middle of a stroke has closed its gesture: the rest of it must not paint either.
      if (!this.#nib || !context.document.isPainting) return;
      const rests = this.#pointer?.x === sample.x && this.#pointer.y === sample.y;
      this.#pointer = sample;
      this.#feel(sample);
      if (sample.shift) {
        // Of a row of straight positions only the last remains to be seen.
        if (!samples[i + 1]?.shift) this.#drawStraight(context, this.#nib, sample);
      } else if (!rests || !this.#straight) {
        // Letting go of Shift alone does not draw: the stroke is free again with the next movement.
        this.#drawFree(context, this.#nib, sample);
      }
    }
  }

  end({ document }: ToolContext): string {
    this.#lastEnd = this.#nib ?? this.#lastEnd;
    this.#finish();
    return commitAs(document, `${this.#label} lifted.`);
  }

  cancel({ document }: ToolContext): void {
    this.#finish();
    document.abort();
  }

  #finish(): void {
    this.#nib = this.#pointer = this.#pressure = this.#straight = null;
  }

  #feel({ pressure }: Sample): void {
    if (pressure === null) return;
    this.#pressure =
      this.#pressure === null ? pressure : this.#pressure + PRESSURE_WEIGHT * (pressure - this.#pressure);
  }

  #drawFree(context: ToolContext, from: Point, to: Point): void {
    this.#straight = null;
    context.document.touch(this.#stamp(context, from, to));
    this.#nib = to;
  }

  #drawStraight(context: ToolContext, from: Point, to: Point): void {
    const { data, size } = context.document.live;
    const straight = (this.#straight ??= { from, before: data.slice(), drawn: null });
    restoreRect(data, straight.before, size, straight.drawn);
    this.#nib = snapAngle(straight.from, to);
    const drawn = this.#stamp(context, straight.from, this.#nib);
    context.document.touch(unionRect(straight.drawn, drawn));
    straight.drawn = drawn;
  }

  #stamp(context: ToolContext, from: Point, to: Point): Rect | null {
    const share = this.#pressure === null ? 1 : LIGHTEST_STROKE + (1 - LIGHTEST_STROKE) * this.#pressure;
    const radius = (context.brushSize / 2) * share;
    const mask = context.document.live;
    return markBoth(context, this.#inkOf(context), (ink, place) =>
      stampCapsule(mask, place(from), place(to), radius, ink),
    );
  }
}

function restoreRect(data: Uint8Array, before: Uint8Array, size: number, rect: Rect | null): void {
  if (!rect) return;
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const start = y * size + rect.x;
    data.set(before.subarray(start, start + rect.width), start);
  }
}
