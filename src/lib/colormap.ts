/**
 * A sequential colour map for weights in [0, 1]: dark blue to yellow, even in lightness, and readable with the common
 * kinds of colour blindness. The anchors are samples of matplotlib's "viridis" (CC0), interpolated linearly in sRGB.
 */

const ANCHORS: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 73, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
];

const TABLE_SIZE = 256;

function buildTable(): Uint8ClampedArray {
  const table = new Uint8ClampedArray(TABLE_SIZE * 3);
  for (let i = 0; i < TABLE_SIZE; i++) {
    const position = (i / (TABLE_SIZE - 1)) * (ANCHORS.length - 1);
    const left = Math.min(Math.floor(position), ANCHORS.length - 2);
    const fraction = position - left;
    for (let c = 0; c < 3; c++) {
      table[i * 3 + c] = ANCHORS[left]![c]! * (1 - fraction) + ANCHORS[left + 1]![c]! * fraction;
    }
  }
  return table;
}

const TABLE = buildTable();

/** RGBA pixels, row by row, of weights in [0, 1]; what lies outside is clamped. */
export function paintWeights(weights: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(weights.length * 4);
  for (let i = 0; i < weights.length; i++) {
    const entry = Math.round(Math.min(1, Math.max(0, weights[i]!)) * (TABLE_SIZE - 1)) * 3;
    pixels[i * 4] = TABLE[entry]!;
    pixels[i * 4 + 1] = TABLE[entry + 1]!;
    pixels[i * 4 + 2] = TABLE[entry + 2]!;
    pixels[i * 4 + 3] = 255;
  }
  return pixels;
}

/** The colour map as a CSS gradient from 0 (left) to 1 (right), for legends. */
export const GRADIENT = `linear-gradient(to right, ${ANCHORS.map((c) => `rgb(${c.join(' ')})`).join(', ')})`;
