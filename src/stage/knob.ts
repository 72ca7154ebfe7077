import { clamp } from '../lib/clamp';
import type { Point } from '../mask/raster';
import { toScreen, type Size, type Viewport } from './viewport';

/** CSS pixels. */
export const KNOB_RADIUS = 9;
/** How near to the visible area's edge the knob's centre may come. */
const KNOB_MARGIN = 14;

/** Where the mirror axis is grabbed, CSS pixels: at its upper end, as far as that is in sight. */
export function knobPlace(axis: number, viewport: Viewport, { height }: Size): Point {
  const top = toScreen(viewport, { x: axis, y: 0 });
  return { x: top.x, y: clamp(top.y, KNOB_MARGIN, height - KNOB_MARGIN) };
}
