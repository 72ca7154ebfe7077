import { expect, test } from 'vitest';
import { resampleMask } from './resample';

test('takes the source pixels that the contract names', () => {
  const source = 6;
  const mask = { data: Uint8Array.from({ length: source ** 2 }, (_, i) => i % 19), size: source };
  for (const size of [2, 4, 6, 9, 12]) {
    const { data } = resampleMask(mask, size);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const [fromX, fromY] = [x, y].map((i) => Math.floor(((i + 0.5) * source) / size));
        expect(data[y * size + x]).toBe(mask.data[fromY! * source + fromX!]);
      }
    }
  }
});
