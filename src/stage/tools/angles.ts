import type { Point } from '../../mask/raster';

/** Radians: 15°. */
const STEP = Math.PI / 12;

/** The point nearest to `to` on the rays from `from` at whole steps of 15°. */
export function snapAngle(from: Point, to: Point): Point {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const angle = Math.round(Math.atan2(dy, dx) / STEP) * STEP;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const length = dx * cos + dy * sin;
  return { x: from.x + length * cos, y: from.y + length * sin };
}
