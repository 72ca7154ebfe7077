import type { ClassMask } from './classMask';
import { paintRun, type Ink } from './ink';
import type { Rect } from './rect';

/** Mask coordinates in pixels, any real number: pixel (i, j) covers [i, i + 1) × [j, j + 1). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Just above half a pixel's diagonal, so that the thinnest brush marks at least one pixel wherever it touches. */
const MIN_RADIUS = 0.708;

/**
 * Fills the capsule around the segment from → to (a disc when both are equal) with ink. A pixel belongs to it when its
 * centre lies no further than the radius from the segment, so edges are hard: a class has no transparency.
 *
 * @param radius in mask pixels
 * @returns the rectangle of the capsule's pixels, or `null` when it lies outside the mask
 */
export function stampCapsule(mask: ClassMask, from: Point, to: Point, radius: number, ink: Ink): Rect | null {
  const { data, size } = mask;
  const r = Math.max(radius, MIN_RADIUS);
  const top = Math.max(0, Math.ceil(Math.min(from.y, to.y) - r - 0.5));
  const bottom = Math.min(size - 1, Math.floor(Math.max(from.y, to.y) + r - 0.5));
  let [left, right, first, last] = [size, -1, -1, -1];
  const span = { start: 0, end: 0 };
  for (let row = top; row <= bottom; row++) {
    rowSpan(span, from, to, r, row + 0.5);
    const start = Math.max(0, Math.ceil(span.start - 0.5));
    const end = Math.min(size - 1, Math.floor(span.end - 0.5));
    if (start > end) continue;
    paintRun(data, row * size + start, row * size + end + 1, ink);
    left = Math.min(left, start);
    right = Math.max(right, end);
    if (first < 0) first = row;
    last = row;
  }
  return first < 0 ? null : { x: left, y: first, width: right - left + 1, height: last - first + 1 };
}

/** The capsule is convex, so a row meets it in one span: the hull of its spans in both end discs and in the box between them. */
function rowSpan(span: { start: number; end: number }, from: Point, to: Point, r: number, y: number): void {
  span.start = Infinity;
  span.end = -Infinity;
  addDisc(span, from, r, y);
  addDisc(span, to, r, y);
  addBox(span, from, to, r, y);
}

function addDisc(span: { start: number; end: number }, centre: Point, r: number, y: number): void {
  const square = r * r - (y - centre.y) ** 2;
  if (square < 0) return;
  const half = Math.sqrt(square);
  span.start = Math.min(span.start, centre.x - half);
  span.end = Math.max(span.end, centre.x + half);
}

function addBox(span: { start: number; end: number }, from: Point, to: Point, r: number, y: number): void {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  if (length === 0) return;
  const height = y - from.y;
  // Along the segment 0 ≤ u·dx + height·dy ≤ length², across it |u·dy − height·dx| ≤ r·length, with u = x − from.x.
  const along = interval(dx, height * dy, 0, length * length);
  const across = interval(dy, -height * dx, -r * length, r * length);
  const start = Math.max(along[0], across[0]);
  const end = Math.min(along[1], across[1]);
  if (start > end) return;
  span.start = Math.min(span.start, from.x + start);
  span.end = Math.max(span.end, from.x + end);
}

/** All u with low ≤ u·slope + offset ≤ high. */
function interval(slope: number, offset: number, low: number, high: number): [number, number] {
  if (slope === 0) return offset >= low && offset <= high ? [-Infinity, Infinity] : [Infinity, -Infinity];
  const a = (low - offset) / slope;
  const b = (high - offset) / slope;
  return a < b ? [a, b] : [b, a];
}
