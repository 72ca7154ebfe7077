import { clamp } from '../lib/clamp';
import type { Point } from '../mask/raster';

/** What the cursor needs of the stage. */
export interface KeyboardHost {
  /** The chosen tool and what it paints with, in words. */
  readonly toolWords: string;
  /** Presses the chosen tool at a mask point. @returns whether it stays down until it is lifted */
  beginAt(point: Point, shift: boolean): boolean;
  /** The cursor is here now, whether a tool is down or not. */
  moveTo(point: Point): void;
  /** @returns what has happened, in words */
  endTool(): string;
  /** @returns whether there was a gesture to take back */
  cancelGesture(): boolean;
  /** Closes the shape in progress. @returns what has happened, in words, or `null` when there is none */
  closeShape(): string | null;
  /** Takes back the last step of the shape in progress. @returns as `closeShape` */
  stepBack(): string | null;
  /** What lies at the cursor's place, in words. */
  describe(point: Point): string;
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

/**
 * Painting without a pointer: arrows move a cursor, Enter or Space puts the tool down and lifts it, or sets a corner. Backspace
 * takes a corner back, Escape the whole gesture.
 */
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
    else if (event.key === 'Enter') this.#enter(event.shiftKey);
    else if (event.key === 'Backspace') return this.#say(this.#host.stepBack());
    else if (event.key === 'Escape') return this.#say(this.#host.cancelGesture() ? 'Taken back.' : null);
    else return false;
    return true;
  }

  /** @param shift whether a stroke begins with a straight line from where the last one ended */
  togglePen(shift = false): void {
    this.show();
    if (this.#penDown) this.#lift();
    else if (this.#host.beginAt(this.#place, shift)) {
      this.#penDown = true;
      this.#host.announce(`Down: ${this.#host.toolWords}.`);
    } else this.#host.announce(this.#host.endTool());
  }

  /** Leaving the canvas keeps the stroke. */
  finish(): void {
    if (this.#penDown) this.#lift();
    this.hide();
  }

  #lift(): void {
    this.#penDown = false;
    this.#host.announce(this.#host.endTool());
  }

  /** Enter closes a shape that the pointer has drawn so far: there is no cursor then to set a corner at. */
  #enter(shift: boolean): void {
    if (this.#visible || !this.#say(this.#host.closeShape())) this.togglePen(shift);
  }

  #say(words: string | null): boolean {
    if (words !== null) this.#host.announce(words);
    return words !== null;
  }

  #move(direction: Point, event: KeyboardEvent): void {
    this.#repeats = event.repeat ? this.#repeats + 1 : 0;
    const step = (event.shiftKey ? LARGE_STEP : STEP) * (this.#repeats > FAST_AFTER_REPEATS ? FAST_FACTOR : 1);
    const within = (value: number) => clamp(value, 0, this.#size - 1);
    this.#place = { x: within(this.#place.x + direction.x * step), y: within(this.#place.y + direction.y * step) };
    this.show();
    this.#host.moveTo(this.#place);
    const { x, y } = this.#place;
    this.#host.announce(`${Math.round(x)}, ${Math.round(y)}: ${this.#host.describe(this.#place)}`);
  }
}
