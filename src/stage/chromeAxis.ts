import type { Layer } from 'konva/lib/Layer';
import { DARK, LIGHT, line, ring } from './chromeShapes';
import { KNOB_RADIUS, knobPlace } from './knob';
import { toScreen, type Size, type Viewport } from './viewport';

/** CSS pixels. */
const DASH = [6, 6];
/** Tip and foot of the knob's two arrows, from its centre. */
const ARROW_TIP = 6;
const ARROW_FOOT = 2.5;
const ARROW_HALF = 3.5;

/** The mirror axis, with the knob that moves it. */
export class ChromeAxis {
  readonly #lines = [line(LIGHT, 3), line(DARK, 1)];
  readonly #knob = ring(DARK, 1.5).fill('white').radius(KNOB_RADIUS);
  readonly #arrows = [-1, 1].map((side) =>
    line(DARK, 1.5).points([side * ARROW_FOOT, -ARROW_HALF, side * ARROW_TIP, 0, side * ARROW_FOOT, ARROW_HALF]),
  );

  constructor(layer: Layer) {
    for (const each of this.#lines) each.dash(DASH);
    layer.add(...this.#lines, this.#knob, ...this.#arrows);
  }

  /** @param axis mask pixels; `null` hides it */
  place(axis: number | null, viewport: Viewport, view: Size, maskSize: number): void {
    for (const shape of [...this.#lines, this.#knob, ...this.#arrows]) shape.visible(axis !== null);
    if (axis === null) return;
    const knob = knobPlace(axis, viewport, view);
    const bottom = toScreen(viewport, { x: axis, y: maskSize });
    for (const each of this.#lines) each.points([knob.x, knob.y, bottom.x, bottom.y]);
    this.#knob.position(knob);
    for (const arrow of this.#arrows) arrow.position(knob);
  }
}
