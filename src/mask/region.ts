import type { ClassMask } from './classMask';
import { paintRun, type Ink } from './ink';
import type { Rect } from './rect';

/** Which neighbours belong together: those that share an edge, or also those that share a corner. */
export type Connectivity = 4 | 8;

/** A set of pixels as offsets [start, end), start and end by turns; no run reaches over the end of a row. */
export type Runs = readonly number[];

/**
 * The region of equal bytes around a pixel.
 *
 * @param map `size` × `size` bytes of any meaning
 * @param seed offset of the pixel
 * @param seen as large as the map; the region's pixels are set to 1 there, and pixels already at 1 hold it back
 */
export function regionRuns(
  map: Uint8Array,
  size: number,
  seed: number,
  connectivity: Connectivity,
  seen: Uint8Array,
): Runs {
  const target = map[seed]!;
  const reach = connectivity === 8 ? 1 : 0;
  const runs: number[] = [];
  const seeds = [seed];
  const seedRow = (row: number, from: number, to: number) => {
    if (row < 0 || row >= size) return;
    const last = row * size + Math.min(to, size - 1);
    for (let i = row * size + Math.max(from, 0), open = false; i <= last; i++) {
      const isOpen = map[i] === target && seen[i] === 0;
      if (isOpen && !open) seeds.push(i);
      open = isOpen;
    }
  };
  while (seeds.length > 0) {
    const at = seeds.pop()!;
    if (seen[at] === 1) continue;
    const row = Math.floor(at / size);
    const [rowStart, rowEnd] = [row * size, (row + 1) * size];
    let start = at;
    while (start > rowStart && map[start - 1] === target && seen[start - 1] === 0) start--;
    let end = at + 1;
    while (end < rowEnd && map[end] === target && seen[end] === 0) end++;
    seen.fill(1, start, end);
    runs.push(start, end);
    const [from, to] = [start - rowStart - reach, end - 1 - rowStart + reach];
    seedRow(row - 1, from, to);
    seedRow(row + 1, from, to);
  }
  return runs;
}

/** Pixels in the runs. */
export function countPixels(runs: Runs): number {
  let count = 0;
  for (let i = 0; i < runs.length; i += 2) count += runs[i + 1]! - runs[i]!;
  return count;
}

/** Paints the runs. @returns the rectangle around them, or `null` when there are none */
export function paintRuns({ data, size }: ClassMask, runs: Runs, ink: Ink): Rect | null {
  let [left, right, top, bottom] = [size, -1, size, -1];
  for (let i = 0; i < runs.length; i += 2) {
    const [start, end] = [runs[i]!, runs[i + 1]!];
    paintRun(data, start, end, ink);
    const row = Math.floor(start / size);
    left = Math.min(left, start - row * size);
    right = Math.max(right, end - 1 - row * size);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
