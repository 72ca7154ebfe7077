import { clamp } from '../lib/clamp';
import type { Point } from './raster';

/** Turning, scaling and shifting: (x, y) goes to (a·x − b·y + dx, b·x + a·y + dy). */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

/** A point and where it is to come to lie; `weight` > 0 says how much that matters. */
export interface Pair {
  readonly from: Point;
  readonly to: Point;
  readonly weight: number;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** How far a drawing may be turned, in radians: beyond that the points are no upright face. */
const MOST_TURN = (35 * Math.PI) / 180;

/**
 * The similarity that brings the pairs together best (weighted least squares, closed form).
 *
 * @param pairs at least two with different `from`
 * @param scale the scale is held within, whatever the pairs say
 */
export function fitPairs(pairs: readonly Pair[], scale: Range): Similarity {
  const from = weightedMean(pairs, 'from');
  const to = weightedMean(pairs, 'to');
  let [along, across, size] = [0, 0, 0];
  for (const pair of pairs) {
    const p = { x: pair.from.x - from.x, y: pair.from.y - from.y };
    const q = { x: pair.to.x - to.x, y: pair.to.y - to.y };
    along += pair.weight * (p.x * q.x + p.y * q.y);
    across += pair.weight * (p.x * q.y - p.y * q.x);
    size += pair.weight * (p.x * p.x + p.y * p.y);
  }
  const angle = clampTo(Math.atan2(across, along), { least: -MOST_TURN, most: MOST_TURN });
  return place(from, to, clampTo(Math.hypot(along, across) / size, scale), angle);
}

/** The similarity of this scale and angle (radians, clockwise on the screen) that brings one point to another. */
export function place(from: Point, to: Point, scale: number, angle = 0): Similarity {
  return through({ a: scale * Math.cos(angle), b: scale * Math.sin(angle), dx: 0, dy: 0 }, from, to);
}

/** The same turn and scale, shifted so that one point comes to another. */
export function through({ a, b }: Similarity, from: Point, to: Point): Similarity {
  return { a, b, dx: to.x - a * from.x + b * from.y, dy: to.y - b * from.x - a * from.y };
}

export function carry({ a, b, dx, dy }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + dx, y: b * x + a * y + dy };
}

/** The point that `carry` brings to this one. */
export function carryBack({ a, b, dx, dy }: Similarity, { x, y }: Point): Point {
  const square = a * a + b * b;
  const [u, v] = [x - dx, y - dy];
  return { x: (a * u + b * v) / square, y: (a * v - b * u) / square };
}

export function clampTo(value: number, { least, most }: Range): number {
  return clamp(value, least, most);
}

export function weightedMean(pairs: readonly Pair[], end: 'from' | 'to'): Point {
  let [x, y, total] = [0, 0, 0];
  for (const pair of pairs) {
    x += pair.weight * pair[end].x;
    y += pair.weight * pair[end].y;
    total += pair.weight;
  }
  return { x: x / total, y: y / total };
}
