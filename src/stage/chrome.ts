import { Konva } from 'konva/lib/Core';
import { Circle } from 'konva/lib/shapes/Circle';
import { Line } from 'konva/lib/shapes/Line';
import type { Point } from '../mask/raster';
import { toScreen, type Viewport } from './viewport';

/** Screen pixels. */
const SMALLEST_RING = 1.5;
const CROSS_ARM = 7;
const AXIS_DASH = [6, 6];
/** A dark line with a light one around it shows on every class colour. */
const DARK = 'rgb(20 20 24 / 0.9)';
const LIGHT = 'rgb(255 255 255 / 0.9)';

export interface ChromeState {
  /** Screen pixels; `null` hides the cursor. */
  readonly cursor: Point | null;
  /** Mask pixels; `null` where the tool has no nib. */
  readonly ringRadius: number | null;
  /** A cross marks the cursor of the keyboard, whose place no hand knows, and tools without a ring. */
  readonly showCross: boolean;
  readonly symmetry: boolean;
}

/** What floats over the mask: the brush's true-size ring, the cross and the mirror axis, all in screen pixels. */
export class Chrome {
  readonly layer = new Konva.Layer({ listening: false });
  readonly #rings = [ring(LIGHT, 3), ring(DARK, 1)];
  readonly #crosses = [line(LIGHT, 3), line(LIGHT, 3), line(DARK, 1), line(DARK, 1)];
  readonly #axes = [line(LIGHT, 2), line(DARK, 1)];

  constructor() {
    for (const axis of this.#axes) axis.dash(AXIS_DASH);
    this.layer.add(...this.#axes, ...this.#rings, ...this.#crosses);
  }

  draw(state: ChromeState, viewport: Viewport, maskSize: number): void {
    this.#placeAxis(state.symmetry, viewport, maskSize);
    const { cursor, ringRadius, showCross } = state;
    for (const shape of this.#rings) {
      shape.visible(cursor !== null && ringRadius !== null);
      if (cursor) shape.position(cursor);
      shape.radius(Math.max((ringRadius ?? 0) * viewport.scale, SMALLEST_RING));
    }
    for (const [i, shape] of this.#crosses.entries()) {
      shape.visible(cursor !== null && showCross);
      if (!cursor) continue;
      const [dx, dy] = i % 2 === 0 ? [CROSS_ARM, 0] : [0, CROSS_ARM];
      shape.points([cursor.x - dx, cursor.y - dy, cursor.x + dx, cursor.y + dy]);
    }
    this.layer.draw();
  }

  #placeAxis(visible: boolean, viewport: Viewport, maskSize: number): void {
    const top = toScreen(viewport, { x: maskSize / 2, y: 0 });
    const bottom = toScreen(viewport, { x: maskSize / 2, y: maskSize });
    for (const axis of this.#axes) axis.visible(visible).points([top.x, top.y, bottom.x, bottom.y]);
  }
}

const STATIC = { listening: false, perfectDrawEnabled: false, shadowForStrokeEnabled: false };

function ring(stroke: string, strokeWidth: number): Circle {
  return new Circle({ ...STATIC, stroke, strokeWidth });
}

function line(stroke: string, strokeWidth: number): Line {
  return new Line({ ...STATIC, stroke, strokeWidth });
}
