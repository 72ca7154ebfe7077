import type { Layer } from 'konva/lib/Layer';
import { mirrorPoint } from '../mask/mirror';
import type { Point } from '../mask/raster';
import { DARK, LIGHT, line, ring } from './chromeShapes';
import type { Outline } from './tools/tool';
import { toScreen, type Viewport } from './viewport';

/** CSS pixels: the handle, and the same while a press would close the shape. */
const HANDLE_RADIUS = 5;
const HIT_RADIUS = 8;

/** A shape in progress and, with a mirror, its image. */
export class ChromeOutline {
  readonly #lines = [line(LIGHT, 3), line(DARK, 1)];
  readonly #images = [line(LIGHT, 3), line(DARK, 1)];
  readonly #handle = ring(DARK, 1.5).fill('white');

  constructor(layer: Layer) {
    layer.add(...this.#images, ...this.#lines, this.#handle);
  }

  /** @param axis mask pixels; `null` without a mirror */
  place(outline: Outline | null, axis: number | null, viewport: Viewport): void {
    const points = outline?.points ?? [];
    const isClosed = outline?.isClosed ?? false;
    const onScreen = flatten(points, viewport);
    for (const each of this.#lines) each.points(onScreen).closed(isClosed);
    const image = axis === null ? [] : points.map((point) => mirrorPoint(point, axis));
    const imageOnScreen = flatten(image, viewport);
    for (const each of this.#images) each.points(imageOnScreen).closed(isClosed);
    const handle = outline?.handle;
    this.#handle.visible(!!handle);
    if (handle) this.#handle.position(toScreen(viewport, handle)).radius(handle.isHit ? HIT_RADIUS : HANDLE_RADIUS);
  }
}

/** As Konva takes points: x, y, x, y… */
function flatten(points: readonly Point[], viewport: Viewport): number[] {
  const flat: number[] = [];
  for (const point of points) {
    const { x, y } = toScreen(viewport, point);
    flat.push(x, y);
  }
  return flat;
}
