import { Konva } from 'konva/lib/Core';
import type { Point } from '../mask/raster';
import { ChromeAxis } from './chromeAxis';
import { ChromeOutline } from './chromeOutline';
import { DARK, LIGHT, line, ring } from './chromeShapes';
import type { Outline } from './tools/tool';
import type { Size, Viewport } from './viewport';

/** CSS pixels. */
const SMALLEST_RING = 1.5;
const CROSS_ARM = 7;

export interface ChromeState {
  /** CSS pixels; `null` hides the cursor. */
  readonly cursor: Point | null;
  /** Mask pixels; `null` where the tool has no nib. */
  readonly ringRadius: number | null;
  /** A cross marks the cursor of the keyboard, whose place no hand knows, and tools without a ring. */
  readonly showCross: boolean;
  /** Mask pixels; `null` without a mirror. */
  readonly axis: number | null;
  /** A shape in progress. */
  readonly outline: Outline | null;
}

/** What floats over the mask: shapes in progress, the brush's true-size ring, the cross and the mirror axis, all in CSS pixels. */
export class Chrome {
  readonly layer = new Konva.Layer({ listening: false });
  readonly #axis = new ChromeAxis(this.layer);
  readonly #outline = new ChromeOutline(this.layer);
  readonly #rings = [ring(LIGHT, 3), ring(DARK, 1)];
  readonly #crosses = [line(LIGHT, 3), line(LIGHT, 3), line(DARK, 1), line(DARK, 1)];

  constructor() {
    this.layer.add(...this.#rings, ...this.#crosses);
  }

  draw(state: ChromeState, viewport: Viewport, view: Size, maskSize: number): void {
    this.#axis.place(state.axis, viewport, view, maskSize);
    this.#outline.place(state.outline, state.axis, viewport);
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
}
