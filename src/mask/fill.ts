import type { ClassMask } from './classMask';
import type { Rect } from './rect';

/**
 * Recolours the region of one class around a pixel, following shared edges (4-connected: a diagonal one-pixel line holds it back).
 *
 * @param x, y whole mask pixels; outside the mask nothing happens
 * @returns the rectangle of changed pixels, or `null` when nothing changed
 */
export function floodFill(mask: ClassMask, x: number, y: number, value: number): Rect | null {
  const { data, size } = mask;
  if (x < 0 || y < 0 || x >= size || y >= size) return null;
  const target = data[y * size + x]!;
  if (target === value) return null;
  let [left, right, top, bottom] = [x, x, y, y];
  const seeds = [y * size + x];
  while (seeds.length > 0) {
    const seed = seeds.pop()!;
    if (data[seed] !== target) continue;
    const row = Math.floor(seed / size);
    const [start, end] = runAround(data, seed, row * size, (row + 1) * size - 1, target);
    data.fill(value, start, end + 1);
    left = Math.min(left, start - row * size);
    right = Math.max(right, end - row * size);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    if (row > 0) seedRuns(seeds, data, start - size, end - size, target);
    if (row < size - 1) seedRuns(seeds, data, start + size, end + size, target);
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** First and last offset of the run of `target` that holds `seed`, within one row. */
function runAround(data: Uint8Array, seed: number, rowStart: number, rowEnd: number, target: number): [number, number] {
  let start = seed;
  while (start > rowStart && data[start - 1] === target) start--;
  let end = seed;
  while (end < rowEnd && data[end + 1] === target) end++;
  return [start, end];
}

/** Pushes one seed for every run of `target` between two offsets of a row. */
function seedRuns(seeds: number[], data: Uint8Array, from: number, to: number, target: number): void {
  for (let offset = from; offset <= to; offset++) {
    if (data[offset] === target && (offset === from || data[offset - 1] !== target)) seeds.push(offset);
  }
}
