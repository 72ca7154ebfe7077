import type { Point } from '../../mask/raster';
import { snapAngle } from './angles';
import { paintShape } from './marks';
import type { Outline, Sample, StepTool, ToolContext } from './tool';

const FEWEST_CORNERS = 3;
/** Milliseconds between the presses of a double click. */
const DOUBLE_CLICK = 400;
/** Share of a handle's reach within which the second press of a double click must lie. */
const DOUBLE_CLICK_REACH = 0.5;

/**
 * Fills the shape between corners that are set one press at a time. A corner follows the pointer until it is let go, and with
 * Shift keeps to 15° from the one before. A press on the first corner or a double click closes the shape.
 */
export class PolygonTool implements StepTool {
  readonly cursor = 'crosshair';
  readonly press = 'tap';
  #corners: Point[] = [];
  /** Where the pointer is: pressed, or on its way to the next corner. */
  #pointer: Sample | null = null;
  #pressed: Sample | null = null;
  /** When the last corner was pressed, in milliseconds. */
  #pressedAt = -Infinity;

  get isOpen(): boolean {
    return this.#corners.length > 0;
  }

  begin(_context: ToolContext, sample: Sample): void {
    this.#pointer = this.#pressed = sample;
  }

  move(_context: ToolContext, samples: readonly Sample[]): void {
    if (this.#pressed) this.#pointer = samples.at(-1) ?? this.#pointer;
  }

  end(context: ToolContext): string {
    const [press, lift] = [this.#pressed, this.#pointer];
    this.#pressed = null;
    if (!press || !lift) return '';
    if (this.#isOnFirst(context, lift) || this.#isSecondPress(context, press, lift)) return this.close(context);
    this.#corners.push(this.#next(lift));
    this.#pressedAt = press.time;
    return `Corner ${this.#corners.length}.`;
  }

  cancel(): void {
    this.#pressed = this.#pointer = null;
  }

  hover(_context: ToolContext, sample: Sample | null): void {
    if (!this.#pressed) this.#pointer = sample;
  }

  close(context: ToolContext): string {
    const outline = this.#corners;
    if (outline.length < FEWEST_CORNERS) return 'A polygon needs three corners.';
    // Before the mask changes, as whoever hears of that drops a polygon in progress.
    this.drop();
    return paintShape(context, 'Polygon', outline, 'Polygon closed.');
  }

  stepBack(): string {
    const count = this.#corners.length;
    this.#corners.pop();
    this.#pressedAt = -Infinity;
    return count > 1 ? `Corner ${count} taken back.` : 'Polygon taken back.';
  }

  drop(): void {
    this.#corners = [];
    this.#pointer = this.#pressed = null;
    this.#pressedAt = -Infinity;
  }

  outline(context: ToolContext): Outline | null {
    const [first] = this.#corners;
    if (!first) return null;
    const pointer = this.#pointer;
    const isHit = !!pointer && this.#corners.length >= FEWEST_CORNERS && this.#isOnFirst(context, pointer);
    const points = pointer ? [...this.#corners, isHit ? first : this.#next(pointer)] : this.#corners;
    return { points, isClosed: false, handle: { ...first, isHit } };
  }

  /** Where the pointer would set a corner. */
  #next(sample: Sample): Point {
    const last = this.#corners.at(-1);
    return sample.shift && last ? snapAngle(last, sample) : { x: sample.x, y: sample.y };
  }

  #isOnFirst(context: ToolContext, sample: Sample): boolean {
    return this.#corners.length > 1 && isOn(context, this.#corners[0], sample, sample.reach);
  }

  /** A second press on the very same place means the same however late it comes, so that the keyboard can do it too. */
  #isSecondPress(context: ToolContext, press: Sample, lift: Sample): boolean {
    const isQuick = press.time - this.#pressedAt <= DOUBLE_CLICK;
    return isOn(context, this.#corners.at(-1), lift, isQuick ? lift.reach * DOUBLE_CLICK_REACH : 0);
  }
}

/** @param reach CSS pixels */
function isOn({ scale }: ToolContext, corner: Point | undefined, at: Point, reach: number): boolean {
  return corner !== undefined && Math.hypot(corner.x - at.x, corner.y - at.y) * scale <= reach;
}
