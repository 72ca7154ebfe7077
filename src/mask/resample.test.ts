import { expect, test } from 'vitest';
import { resampleMask } from './resample';

test.each([
  [6, [2, 4, 6, 9, 12]],
  [256, [64]],
  [10, [4]],
  [3, [8]],
  [5, [5]],
])('takes the source pixels that the contract names, from %i to %j', (source, sizes) => {
  const mask = {
    data: Uint8Array.from({ length: source ** 2 }, (_, i) => (i * 7 + Math.floor(i / source)) % 19),
    size: source,
  };
  for (const size of sizes) {
    const { data } = resampleMask(mask, size);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const [fromX, fromY] = [x, y].map((i) => Math.floor(((i + 0.5) * source) / size));
        expect(data[y * size + x]).toBe(mask.data[fromY! * source + fromX!]);
      }
    }
  }
});
