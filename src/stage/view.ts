import type { Point } from '../mask/raster';
import type { Zoom } from './stageSettings';
import { clampViewport, fitViewport, panViewport, toScreen, zoomViewport, type Size, type Viewport } from './viewport';

/** CSS pixels around the keyboard's cursor that stay in sight. */
const REVEAL_MARGIN = 32;

/** What the host shows of the mask: fitted until somebody zooms or pans, and never out of sight. */
export class View {
  readonly #maskSize: number;
  readonly #onChange: () => void;
  readonly #onZoom: (zoom: Zoom) => void;
  #size: Size = { width: 1, height: 1 };
  #viewport: Viewport = { scale: 1, x: 0, y: 0 };
  /** Whether the view follows the host's size; ends with the first zoom or pan. */
  #fitted = true;
  /** What `onZoom` heard last: panning is not its business. */
  #told: Zoom | null = null;

  constructor(maskSize: number, onChange: () => void, onZoom: (zoom: Zoom) => void) {
    this.#maskSize = maskSize;
    this.#onChange = onChange;
    this.#onZoom = onZoom;
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  get size(): Size {
    return this.#size;
  }

  /** CSS pixels. */
  get centre(): Point {
    return { x: this.#size.width / 2, y: this.#size.height / 2 };
  }

  resize(size: Size): void {
    this.#size = size;
    if (this.#fitted) this.fit();
    else this.#set(this.#viewport);
  }

  fit(): void {
    this.#fitted = true;
    this.#set(fitViewport(this.#size, this.#maskSize));
  }

  zoom(factor: number, at: Point): void {
    this.#fitted = false;
    this.#set(zoomViewport(this.#viewport, factor, at));
  }

  pan(dx: number, dy: number): void {
    this.#fitted = false;
    this.#set(panViewport(this.#viewport, dx, dy));
  }

  /** Follows fingers from one set of places to another. */
  pinch(from: readonly Point[], to: readonly Point[]): void {
    const [before, after] = [centreOf(from), centreOf(to)];
    const factor = from.length === 2 ? spread(to) / Math.max(spread(from), 1) : 1;
    this.#fitted = false;
    this.#set(panViewport(zoomViewport(this.#viewport, factor, before), after.x - before.x, after.y - before.y));
  }

  /** Moves no further than it takes to show a point of the mask. A fitted view shows them all. */
  reveal(point: Point): void {
    if (this.#fitted) return;
    const { x, y } = toScreen(this.#viewport, point);
    const dx = pull(x, this.#size.width);
    const dy = pull(y, this.#size.height);
    if (dx !== 0 || dy !== 0) this.pan(dx, dy);
  }

  #set(viewport: Viewport): void {
    this.#viewport = clampViewport(viewport, this.#size, this.#maskSize);
    this.#onChange();
    const zoom = { scale: this.#viewport.scale, isFitted: this.#fitted };
    if (zoom.scale === this.#told?.scale && zoom.isFitted === this.#told.isFitted) return;
    this.#told = zoom;
    this.#onZoom(zoom);
  }
}

/** How far a place must move to lie inside the margins of a side; a side too short for margins has none. */
function pull(place: number, side: number): number {
  const margin = Math.min(REVEAL_MARGIN, side / 4);
  return Math.max(margin - place, 0) + Math.min(side - margin - place, 0);
}

function centreOf(points: readonly Point[]): Point {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function spread(points: readonly Point[]): number {
  const [a, b] = points;
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 1;
}
