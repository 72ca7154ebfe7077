import type { ClassMask } from './classMask';
import { regionRuns, type Connectivity, type Runs } from './region';

/** What a pixel is while a region is parted at its narrow places. */
const OTHER_CLASS = 0;
const NARROW = 1;
const WIDE = 2;
const OURS = 3;

/**
 * The region of one class around a pixel, without what lies behind gaps: a square one pixel wider than `gap` slides from the
 * pixel as far as it can within the class. Corners that are too narrow for the square still join, up to `gap` steps deep; in a
 * gap between two wide parts each takes its half. A pixel in a place that is narrow and far from any wide one takes that place alone.
 *
 * @param gap mask pixels, at least 1
 */
export function narrowedRegion(mask: ClassMask, seed: number, connectivity: Connectivity, gap: number): Runs {
  const { data, size } = mask;
  const side = gap + 1;
  const fits = fittingSquares(data, size, data[seed]!, side);
  const wide = coveredBy(fits, size, side);
  const parts = data.map((value, i) => (value === data[seed] ? NARROW + wide[i]! : OTHER_CLASS));
  const neighbours = neighbourFinder(size, connectivity);
  const start = nearestWide(parts, seed, neighbours, gap);
  if (start === null) return regionRuns(parts, size, seed, connectivity, new Uint8Array(data.length));
  const slid = coveredBy(slideFrom(fits, size, side, start), size, side);
  for (let i = 0; i < parts.length; i++) if (slid[i]) parts[i] = OURS;
  growIntoNarrow(parts, neighbours, gap);
  return runsOf(parts, size, OURS);
}

/** 1 at the top left pixel of every square of this side that holds the target class only. */
function fittingSquares(data: Uint8Array, size: number, target: number, side: number): Uint8Array {
  const fits = new Uint8Array(data.length);
  const tall = new Int32Array(size);
  for (let row = size - 1; row >= 0; row--) {
    for (let x = size - 1, long = 0; x >= 0; x--) {
      long = data[row * size + x] === target ? long + 1 : 0;
      tall[x] = long >= side ? tall[x]! + 1 : 0;
      if (tall[x]! >= side) fits[row * size + x] = 1;
    }
  }
  return fits;
}

/** 1 on every pixel of the squares whose top left pixels are 1. */
function coveredBy(corners: Uint8Array, size: number, side: number): Uint8Array {
  const covered = new Uint8Array(corners.length);
  const below = new Int32Array(size);
  for (let row = 0; row < size; row++) {
    for (let x = 0, right = 0; x < size; x++) {
      right = corners[row * size + x] ? side : right - 1;
      below[x] = right > 0 ? side : below[x]! - 1;
      if (below[x]! > 0) covered[row * size + x] = 1;
    }
  }
  return covered;
}

/** 1 at the top left pixel of every square reached, one step at a time, from those that hold the pixel. */
function slideFrom(fits: Uint8Array, size: number, side: number, pixel: number): Uint8Array {
  const reached = new Uint8Array(fits.length);
  const [x, y] = [pixel % size, Math.floor(pixel / size)];
  for (let row = Math.max(0, y - side + 1); row <= y; row++) {
    for (let i = row * size + Math.max(0, x - side + 1); i <= row * size + x; i++) {
      if (fits[i]) regionRuns(fits, size, i, 4, reached);
    }
  }
  return reached;
}

type Neighbours = (offset: number) => readonly number[];

function neighbourFinder(size: number, connectivity: Connectivity): Neighbours {
  const steps = [-1, 0, 1].flatMap((dy) =>
    [-1, 0, 1].map((dx) => [dx, dy] as const).filter(([dx]) => dx !== 0 || dy !== 0),
  );
  const allowed = steps.filter(([dx, dy]) => connectivity === 8 || dx === 0 || dy === 0);
  return (offset) => {
    const [x, y] = [offset % size, Math.floor(offset / size)];
    return allowed
      .filter(([dx, dy]) => x + dx >= 0 && x + dx < size && y + dy >= 0 && y + dy < size)
      .map(([dx, dy]) => offset + dy * size + dx);
  };
}

/** The wide pixel with the shortest way from the seed through the region, at most `steps` long. */
function nearestWide(parts: Uint8Array, seed: number, neighbours: Neighbours, steps: number): number | null {
  if (parts[seed] === WIDE) return seed;
  const seen = new Set([seed]);
  let front = [seed];
  for (let step = 0; step < steps; step++) {
    const next: number[] = [];
    for (const offset of front.flatMap(neighbours)) {
      if (parts[offset] === WIDE) return offset;
      if (parts[offset] !== NARROW || seen.has(offset)) continue;
      seen.add(offset);
      next.push(offset);
    }
    front = next;
  }
  return null;
}

/** Lets our part and the other wide ones grow into the narrow pixels between them, one step each by turns. */
function growIntoNarrow(parts: Uint8Array, neighbours: Neighbours, steps: number): void {
  let front: number[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] === NARROW) front.push(...neighbours(i).filter((offset) => parts[offset]! > NARROW));
  }
  for (let step = 0; step < steps && front.length > 0; step++) {
    const next: number[] = [];
    for (const from of front) {
      for (const offset of neighbours(from)) {
        if (parts[offset] !== NARROW) continue;
        parts[offset] = parts[from]!;
        next.push(offset);
      }
    }
    front = next;
  }
}

function runsOf(map: Uint8Array, size: number, value: number): Runs {
  const runs: number[] = [];
  for (let row = 0; row < map.length; row += size) {
    for (let i = row; i < row + size; i++) {
      if (map[i] !== value) continue;
      const start = i;
      while (i < row + size && map[i] === value) i++;
      runs.push(start, i);
    }
  }
  return runs;
}
