import type { ClassMask } from './classMask';
import { regionRuns, type Connectivity, type Runs } from './region';

/** What a pixel is while the class under the pointer is parted at its narrow places. */
const OTHER_CLASS = 0;
const NARROW = 1;
const WIDE = 2;
const OURS = 3;

/**
 * The region of one class around a pixel, without what lies behind gaps: a square one pixel wider than a gap slides from the
 * pixel as far as it can within the class. Corners that are too narrow for the square still join, up to `gap` steps deep; a gap
 * between two wide parts is shared by both. A pixel in a place that is narrow and far from any wide one takes that place alone.
 *
 * @param seed the pixel's offset
 * @param gap widest gap that is closed, in mask pixels, at least 1
 */
export function narrowedRegion(mask: ClassMask, seed: number, connectivity: Connectivity, gap: number): Runs {
  const { size } = mask;
  // A frame of another class spares every neighbour the question whether it lies within the mask.
  const width = size + 2;
  const parts = framed(mask, mask.data[seed]!);
  const pixel = (Math.floor(seed / size) + 1) * width + (seed % size) + 1;
  const steps = connectivity === 8 ? [...edgeSteps(width), ...cornerSteps(width)] : edgeSteps(width);
  const fits = fittingSquares(parts, width, gap + 1);
  markSquares(parts, width, fits, gap + 1, WIDE);
  const start = nearestWide(parts, pixel, steps, gap);
  if (start === null) {
    const found = new Uint8Array(parts.length);
    regionRuns(parts, width, pixel, connectivity, found);
    return unframedRuns(found, size, 1);
  }
  markSquares(parts, width, slideFrom(fits, width, start, gap + 1), gap + 1, OURS);
  growIntoNarrow(parts, steps, gap);
  return unframedRuns(parts, size, OURS);
}

function edgeSteps(width: number): number[] {
  return [-width, -1, 1, width];
}

function cornerSteps(width: number): number[] {
  return [-width - 1, -width + 1, width - 1, width + 1];
}

/** `NARROW` where the mask holds the class, with a frame one pixel wide around it. */
function framed({ data, size }: ClassMask, classIndex: number): Uint8Array {
  const width = size + 2;
  const parts = new Uint8Array(width * width);
  for (let y = 0; y < size; y++) {
    const to = (y + 1) * width + 1;
    for (let x = 0; x < size; x++) if (data[y * size + x] === classIndex) parts[to + x] = NARROW;
  }
  return parts;
}

/** 1 at the top left pixel of every square of this side that holds the class only. */
function fittingSquares(parts: Uint8Array, width: number, side: number): Uint8Array {
  const fits = new Uint8Array(parts.length);
  const tall = new Int32Array(width);
  for (let i = parts.length - 1, x = width - 1, long = 0; i >= 0; i--) {
    long = parts[i] === OTHER_CLASS ? 0 : long + 1;
    const down = long >= side ? tall[x]! + 1 : 0;
    tall[x] = down;
    if (down >= side) fits[i] = 1;
    x = x === 0 ? width - 1 : x - 1;
  }
  return fits;
}

/** Marks every pixel of the squares whose top left pixels are 1. */
function markSquares(parts: Uint8Array, width: number, corners: Uint8Array, side: number, mark: number): void {
  const below = new Int32Array(width);
  for (let i = 0, x = 0, right = 0; i < parts.length; i++) {
    right = corners[i] === 1 ? side : right - 1;
    const down = right > 0 ? side : below[x]! - 1;
    below[x] = down;
    if (down > 0) parts[i] = mark;
    x = x === width - 1 ? 0 : x + 1;
  }
}

/** 1 at the top left pixel of every square reached, one pixel at a time, from those that hold the start. */
function slideFrom(fits: Uint8Array, width: number, start: number, side: number): Uint8Array {
  const reached = new Uint8Array(fits.length);
  for (let up = 0; up < side; up++) {
    for (let left = 0; left < side; left++) {
      const corner = start - up * width - left;
      if (fits[corner] === 1) regionRuns(fits, width, corner, 4, reached);
    }
  }
  return reached;
}

/** The wide pixel with the shortest way from a pixel through its region, or `null` when none is near. */
function nearestWide(parts: Uint8Array, pixel: number, steps: readonly number[], farthest: number): number | null {
  if (parts[pixel] === WIDE) return pixel;
  const seen = new Set([pixel]);
  let front = [pixel];
  for (let walked = 0; walked < farthest; walked++) {
    const next: number[] = [];
    for (const from of front) {
      for (const step of steps) {
        const to = from + step;
        if (parts[to] === WIDE) return to;
        if (parts[to] !== NARROW || seen.has(to)) continue;
        seen.add(to);
        next.push(to);
      }
    }
    front = next;
  }
  return null;
}

/**
 * Lets our part and the other wide ones grow into the narrow pixels between them, one step each by turns. Ours goes first, so a
 * start in the middle between two parts is its own.
 */
function growIntoNarrow(parts: Uint8Array, steps: readonly number[], farthest: number): void {
  const ours: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] !== NARROW) continue;
    for (const step of steps) {
      if (parts[i + step] === OURS) ours.push(i + step);
      if (parts[i + step] === WIDE) others.push(i + step);
    }
  }
  let front = [...ours, ...others];
  for (let walked = 0; walked < farthest && front.length > 0; walked++) {
    const next: number[] = [];
    for (const from of front) {
      for (const step of steps) {
        if (parts[from + step] !== NARROW) continue;
        parts[from + step] = parts[from]!;
        next.push(from + step);
      }
    }
    front = next;
  }
}

/** The pixels of one value as runs of the mask within the frame. */
function unframedRuns(parts: Uint8Array, size: number, value: number): Runs {
  const runs: number[] = [];
  for (let y = 0; y < size; y++) {
    const row = (y + 1) * (size + 2) + 1;
    for (let x = 0; x < size; x++) {
      if (parts[row + x] !== value) continue;
      const start = x;
      while (x < size && parts[row + x] === value) x++;
      runs.push(y * size + start, y * size + x);
    }
  }
  return runs;
}
