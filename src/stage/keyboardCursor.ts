import { faceClass } from '../mask/classes';
import type { Point } from '../mask/raster';

/** What the cursor needs of the stage. */
export interface KeyboardHost {
  /** Starts a tool gesture at a mask point. @returns whether the tool draws on until it is lifted */
  beginAt(point: Point): boolean;
  moveTo(point: Point): void;
  endTool(): void;
  cancelTool(): void;
  classAt(point: Point): number;
  announce(message: string): void;
  redrawCursor(): void;
}

/** Mask pixels of one arrow press, alone and with Shift. */
const STEP = 1;
const LARGE_STEP = 10;
/** A held arrow speeds up to this many times its step after so many repeats. */
const FAST_FACTOR = 4;
const FAST_AFTER_REPEATS = 8;

const DIRECTIONS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Painting without a pointer: arrows move a cursor, Enter or Space puts the pen down and lifts it, Escape takes the stroke back. */
export class KeyboardCursor {
  readonly #host: KeyboardHost;
  readonly #size: number;
  #place: Point;
  #visible = false;
  #penDown = false;
  #repeats = 0;

  constructor(host: KeyboardHost, size: number) {
    this.#host = host;
    this.#size = size;
    this.#place = { x: size / 2, y: size / 2 };
  }

  /** Mask pixels, at a pixel's corner; `null` while a pointer is in use. */
  get point(): Point | null {
    return this.#visible ? this.#place : null;
  }

  show(): void {
    this.#visible = true;
    this.#host.redrawCursor();
  }

  hide(): void {
    this.#visible = false;
    this.#host.redrawCursor();
  }

  /** The stroke was ended by someone else. */
  penLifted(): void {
    this.#penDown = false;
  }

  /** @returns whether the key meant something here */
  handle(event: KeyboardEvent): boolean {
    const direction = DIRECTIONS[event.key];
    if (direction) this.#move(direction, event);
    else if (event.key === 'Enter') this.togglePen();
    else if (event.key === 'Escape' && this.#penDown) this.#takeBack();
    else return false;
    return true;
  }

  togglePen(): void {
    this.show();
    if (this.#penDown) {
      this.#penDown = false;
      this.#host.endTool();
      this.#host.announce('Pen up.');
    } else if (this.#host.beginAt(this.#place)) {
      this.#penDown = true;
      this.#host.announce('Pen down.');
    } else {
      this.#host.endTool();
    }
  }

  /** Leaving the canvas keeps the stroke. */
  finish(): void {
    if (this.#penDown) this.togglePen();
    this.hide();
  }

  #takeBack(): void {
    this.#host.cancelTool();
    this.#host.announce('Stroke taken back.');
  }

  #move(direction: Point, event: KeyboardEvent): void {
    this.#repeats = event.repeat ? this.#repeats + 1 : 0;
    const step = (event.shiftKey ? LARGE_STEP : STEP) * (this.#repeats > FAST_AFTER_REPEATS ? FAST_FACTOR : 1);
    const clamp = (value: number) => Math.min(Math.max(value, 0), this.#size - 1);
    this.#place = { x: clamp(this.#place.x + direction.x * step), y: clamp(this.#place.y + direction.y * step) };
    this.show();
    if (this.#penDown) this.#host.moveTo(this.#place);
    const { x, y } = this.#place;
    this.#host.announce(`${Math.round(x)}, ${Math.round(y)}: ${faceClass(this.#host.classAt(this.#place)).label}`);
  }
}
