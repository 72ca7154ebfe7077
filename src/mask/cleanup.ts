import { BACKGROUND, CLASS_COUNT } from './classes';
import type { ClassMask } from './classMask';
import type { Ink } from './ink';
import { unionRect, type Rect } from './rect';
import { countPixels, paintRuns, regionRuns, type Connectivity, type Runs } from './region';

/** How far around a border pixel its neighbourhood reaches, and how fast pixels lose weight with their distance, in mask pixels. */
const REACH = 4;
const SPREAD = 1.6;
const WEIGHTS = Float64Array.from({ length: 2 * REACH + 1 }, (_, i) =>
  Math.exp(-((i - REACH) ** 2) / (2 * SPREAD ** 2)),
);
/** Passes of `smoothEdges`; each moves a border by one pixel at most. */
const PASSES = 2;

/**
 * Smooths the borders of a class: a pixel on one belongs to the class when the class holds more than half of its neighbourhood,
 * and to the strongest other class there when not. Parts three pixels thick keep their shape, whichever class they are of.
 *
 * @returns the rectangle of what changed, or `null` when nothing did
 */
export function smoothEdges(mask: ClassMask, classIndex: number, covers: Uint8Array | null): Rect | null {
  let rect: Rect | null = null;
  for (let pass = 0; pass < PASSES; pass++) {
    const before: ClassMask = { data: mask.data.slice(), size: mask.size };
    for (let y = 0, i = 0; y < mask.size; y++) {
      for (let x = 0; x < mask.size; x++, i++) {
        const value = before.data[i]!;
        if (covers?.[value] === 0 || !isOnBorder(before, classIndex, x, y)) continue;
        const better = majority(before, classIndex, x, y);
        if (better === value || (value !== classIndex && better !== classIndex)) continue;
        mask.data[i] = better;
        rect = unionRect(rect, { x, y, width: 1, height: 1 });
      }
    }
  }
  return rect;
}

/** Whether the class begins or ends within a pixel and its eight neighbours. */
function isOnBorder({ data, size }: ClassMask, classIndex: number, x: number, y: number): boolean {
  const inside = data[y * size + x] === classIndex;
  for (let row = Math.max(0, y - 1); row <= Math.min(size - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(size - 1, x + 1); column++) {
      if ((data[row * size + column] === classIndex) !== inside) return true;
    }
  }
  return false;
}

/** The class if it holds more than half of the neighbourhood, or else the strongest other one. The mask's edge repeats outwards. */
function majority({ data, size }: ClassMask, classIndex: number, x: number, y: number): number {
  const shares = new Float64Array(CLASS_COUNT);
  let total = 0;
  for (let dy = -REACH; dy <= REACH; dy++) {
    const row = Math.min(Math.max(y + dy, 0), size - 1) * size;
    for (let dx = -REACH; dx <= REACH; dx++) {
      const weight = WEIGHTS[dx + REACH]! * WEIGHTS[dy + REACH]!;
      shares[data[row + Math.min(Math.max(x + dx, 0), size - 1)]!]! += weight;
      total += weight;
    }
  }
  if (shares[classIndex]! > total / 2) return classIndex;
  shares[classIndex] = 0;
  return shares.indexOf(Math.max(...shares));
}

/** Anything enclosed that is at least this many pixels and no background is a part of the face, not a hole. */
const SMALLEST_PART = 64;

/**
 * Fills the holes of a class: regions that it alone encloses and that are background but for specks (fewer than 64 other pixels
 * in all). So an eye within the skin stays, and so does what is seen through glasses.
 *
 * @returns the rectangle of what was filled, or `null` when nothing was
 */
export function fillHoles(mask: ClassMask, classIndex: number, covers: Uint8Array | null): Rect | null {
  const { data, size } = mask;
  const ink: Ink = { source: classIndex, covers };
  const others = data.map((value) => (value === classIndex ? 0 : 1));
  let rect: Rect | null = null;
  for (const runs of regionsOf(others, size, 1, 4)) {
    if (touchesEdge(runs, size) || countParts(data, runs) >= SMALLEST_PART) continue;
    rect = unionRect(rect, paintRuns(mask, runs, ink));
  }
  return rect;
}

/**
 * Gives the small islands of a class (pixels joined by edges or corners) to the class that they share most edges with. The
 * largest island stays whatever its size.
 *
 * @param maxPixels largest size of an island that goes
 * @returns the rectangle of what changed, or `null` when nothing did
 */
export function removeSpecks(
  mask: ClassMask,
  classIndex: number,
  maxPixels: number,
  covers: Uint8Array | null,
): Rect | null {
  if (covers?.[classIndex] === 0) return null;
  const islands = regionsOf(mask.data, mask.size, classIndex, 8).map((runs) => ({ runs, pixels: countPixels(runs) }));
  const [, ...smaller] = islands.toSorted((a, b) => b.pixels - a.pixels);
  let rect: Rect | null = null;
  for (const { runs, pixels } of smaller) {
    if (pixels > maxPixels) continue;
    rect = unionRect(rect, paintRuns(mask, runs, { source: touchingClass(mask, runs), covers: null }));
  }
  return rect;
}

/** Every region of one value. */
function regionsOf(map: Uint8Array, size: number, value: number, connectivity: Connectivity): Runs[] {
  const seen = new Uint8Array(map.length);
  const regions: Runs[] = [];
  for (let i = 0; i < map.length; i++) {
    if (map[i] === value && !seen[i]) regions.push(regionRuns(map, size, i, connectivity, seen));
  }
  return regions;
}

function touchesEdge(runs: Runs, size: number): boolean {
  for (let i = 0; i < runs.length; i += 2) {
    const [start, end] = [runs[i]!, runs[i + 1]!];
    if (start < size || end > size * (size - 1) || start % size === 0 || end % size === 0) return true;
  }
  return false;
}

/** Pixels within the runs that are not background. */
function countParts(data: Uint8Array, runs: Runs): number {
  let count = 0;
  for (let i = 0; i < runs.length; i += 2) {
    for (let at = runs[i]!; at < runs[i + 1]!; at++) if (data[at] !== BACKGROUND) count++;
  }
  return count;
}

/** The class around an island that shares most edges with it. */
function touchingClass({ data, size }: ClassMask, island: Runs): number {
  const own = data[island[0]!]!;
  const edges = new Uint32Array(CLASS_COUNT);
  const meet = (offset: number) => {
    const value = data[offset];
    if (value !== undefined && value !== own) edges[value]!++;
  };
  for (let i = 0; i < island.length; i += 2) {
    const [start, end] = [island[i]!, island[i + 1]!];
    if (start % size > 0) meet(start - 1);
    if (end % size > 0) meet(end);
    for (let at = start; at < end; at++) {
      meet(at - size);
      meet(at + size);
    }
  }
  return edges.indexOf(Math.max(...edges));
}
