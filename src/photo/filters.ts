/** The two filters of models/contracts/README.md, “Editing a photo”. Python's twin is models/codiff/edit/picture.py. */
import { clamp } from '../lib/clamp';

/** Where the kernel is cut off, in deviations. */
const REACH = 2;

/**
 * Gaussian blur with edge pixels repeated.
 *
 * @param values row by row, `size` squared
 * @param sigma deviation in pixels; the kernel ends after ⌈2 sigma⌉
 */
export function blur(values: ArrayLike<number>, size: number, sigma: number): Float64Array<ArrayBuffer> {
  const radius = Math.ceil(REACH * sigma);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-0.5 * ((i - radius) / sigma) ** 2));
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const across = new Float64Array(size * size);
  const out = new Float64Array(size * size);
  const pass = (from: ArrayLike<number>, to: Float64Array, step: number, line: number) => {
    for (let start = 0; start < size; start++) {
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let k = -radius; k <= radius; k++) {
          const at = clamp(i + k, 0, size - 1);
          sum += (kernel[k + radius]! / total) * from[start * line + at * step]!;
        }
        to[start * line + i * step] = sum;
      }
    }
  };
  pass(values, across, size, 1);
  pass(across, out, 1, size);
  return out;
}

/**
 * Grows a region by a disc.
 *
 * @param region row by row, `size` squared; 1 belongs to it
 * @param distance pixels between centres, at most, of a pixel of the result and one of the region
 */
export function dilate(region: Uint8Array, size: number, distance: number): Uint8Array<ArrayBuffer> {
  const reach = Math.floor(distance);
  const out = new Uint8Array(size * size);
  const runs = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.floor(Math.sqrt(distance * distance - (i - reach) ** 2)),
  );
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      // What has its whole neighbourhood inside adds nothing that a neighbour does not.
      if (region[y * size + x] !== 1 || isInside(region, size, x, y)) continue;
      for (let dy = -reach; dy <= reach; dy++) {
        if (y + dy < 0 || y + dy >= size) continue;
        const run = runs[dy + reach]!;
        const row = (y + dy) * size;
        out.fill(1, row + Math.max(0, x - run), row + Math.min(size, x + run + 1));
      }
    }
  }
  for (let i = 0; i < out.length; i++) out[i]! |= region[i]!;
  return out;
}

function isInside(region: Uint8Array, size: number, x: number, y: number): boolean {
  const at = y * size + x;
  const isRim = x === 0 || y === 0 || x === size - 1 || y === size - 1;
  const neighbours = [at - 1, at + 1, at - size, at + size];
  return !isRim && neighbours.every((each) => region[each] === 1);
}
