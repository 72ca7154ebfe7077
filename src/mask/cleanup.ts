import { clamp } from '../lib/clamp';
import { BACKGROUND, CLASS_COUNT } from './classes';
import type { ClassMask } from './classMask';
import type { Ink } from './ink';
import { unionRect, type Rect } from './rect';
import { countPixels, paintRuns, regionRuns, type Connectivity, type Runs } from './region';

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
    if (touchesEdge(runs, size)) continue;
    const counts = countClasses(data, runs);
    const parts = countPixels(runs) - counts[BACKGROUND]!;
    const isCoverable = counts.some((count, index) => count > 0 && covers?.[index] !== 0);
    if (parts < SMALLEST_PART && isCoverable) rect = unionRect(rect, paintRuns(mask, runs, ink));
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

/** Pixels of every class within the runs. */
function countClasses(data: Uint8Array, runs: Runs): number[] {
  const counts = Array.from({ length: CLASS_COUNT }, () => 0);
  for (let i = 0; i < runs.length; i += 2) {
    for (let at = runs[i]!; at < runs[i + 1]!; at++) counts[data[at]!]!++;
  }
  return counts;
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

/** How far a border pixel's neighbourhood reaches, in mask pixels. */
const REACH = 4;
/** Standard deviation of the weights in it, in mask pixels. Any larger, and lines three pixels thick would wear away. */
const SPREAD = 1.4;
/** Each pass moves a border by one pixel at most. */
const PASSES = 3;

/**
 * Smooths the borders of a class: a pixel on one belongs to the class when the class holds more than half of its neighbourhood,
 * and to the strongest other class there when not. Parts at least three pixels thick keep their thickness, whichever class they
 * are of; their ends may get up to three pixels shorter.
 *
 * @param covers classes whose pixels may change, as in `Ink`
 * @returns the rectangle of what changed, or `null` when nothing did
 */
export function smoothEdges(mask: ClassMask, classIndex: number, covers: Uint8Array | null): Rect | null {
  const original = mask.data.slice();
  let rect: Rect | null = null;
  for (let pass = 0; pass < PASSES; pass++) rect = unionRect(rect, smoothOnce(mask, original, classIndex, covers));
  return rect;
}

function smoothOnce(
  { data, size }: ClassMask,
  original: Uint8Array,
  classIndex: number,
  covers: Uint8Array | null,
): Rect | null {
  const before = widened({ data, size });
  const width = size + 2 * REACH;
  const { steps, weights, total } = neighbourhood(width);
  let rect: Rect | null = null;
  for (const at of borderPixels(before, width, classIndex)) {
    const value = before[at]!;
    if (covers?.[value] === 0) continue;
    const isClass = value === classIndex;
    let own = 0;
    for (let k = 0; k < steps.length; k++) if (before[at + steps[k]!] === classIndex) own += weights[k]!;
    if (own > total / 2 === isClass) continue;
    const x = (at % width) - REACH;
    const y = Math.floor(at / width) - REACH;
    const i = y * size + x;
    if (!isClass) data[i] = classIndex;
    // What an earlier pass took from a class goes back to it.
    else data[i] = original[i] === classIndex ? strongestOther(before, at, steps, weights) : original[i]!;
    rect = unionRect(rect, { x, y, width: 1, height: 1 });
  }
  return rect;
}

/** A copy of the bytes whose edge pixels are repeated outwards, so that neighbourhoods are whole everywhere. */
function widened({ data, size }: ClassMask): Uint8Array {
  const width = size + 2 * REACH;
  const wide = new Uint8Array(width * width);
  for (let y = 0; y < width; y++) {
    const row = clamp(y - REACH, 0, size - 1) * size;
    const to = y * width;
    wide.fill(data[row]!, to, to + REACH);
    wide.set(data.subarray(row, row + size), to + REACH);
    wide.fill(data[row + size - 1]!, to + REACH + size, to + width);
  }
  return wide;
}

/** Offsets of a pixel's neighbours, itself included, and their weights. */
function neighbourhood(width: number): { steps: Int32Array; weights: Float64Array; total: number } {
  const side = 2 * REACH + 1;
  const places = Array.from(
    { length: side * side },
    (_, i) => [(i % side) - REACH, Math.floor(i / side) - REACH] as const,
  );
  const weights = Float64Array.from(places, ([dx, dy]) => Math.exp(-(dx * dx + dy * dy) / (2 * SPREAD * SPREAD)));
  return {
    steps: Int32Array.from(places, ([dx, dy]) => dy * width + dx),
    weights,
    total: weights.reduce((sum, weight) => sum + weight),
  };
}

/** The pixels of the mask within its widened copy that have the class's border within their eight neighbours. */
function borderPixels(wide: Uint8Array, width: number, classIndex: number): number[] {
  const border: number[] = [];
  const inColumn = (at: number) =>
    Number(wide[at - width] === classIndex) + Number(wide[at] === classIndex) + Number(wide[at + width] === classIndex);
  for (let y = REACH; y < width - REACH; y++) {
    const [start, end] = [y * width + REACH, (y + 1) * width - REACH];
    let [left, middle] = [inColumn(start - 1), inColumn(start)];
    for (let at = start; at < end; at++) {
      const right = inColumn(at + 1);
      const inside = left + middle + right;
      if (inside > 0 && inside < 9) border.push(at);
      [left, middle] = [middle, right];
    }
  }
  return border;
}

function strongestOther(wide: Uint8Array, at: number, steps: Int32Array, weights: Float64Array): number {
  const shares = new Float64Array(CLASS_COUNT);
  steps.forEach((step, k) => {
    const value = wide[at + step]!;
    if (value !== wide[at]) shares[value]! += weights[k]!;
  });
  return shares.indexOf(Math.max(...shares));
}
