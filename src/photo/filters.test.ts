import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blur, dilate } from './filters';

const SIZE = 12;
const anyRegion = fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: SIZE * SIZE, maxLength: SIZE * SIZE });

test('a grown region is what lies within the distance of the region', () => {
  fc.assert(
    fc.property(anyRegion, fc.double({ min: 0, max: 5, noNaN: true }), (cells, distance) => {
      const region = Uint8Array.from(cells);
      const near = (i: number) =>
        cells.some((cell, j) => {
          const [dx, dy] = [(i % SIZE) - (j % SIZE), Math.floor(i / SIZE) - Math.floor(j / SIZE)];
          return cell === 1 && dx * dx + dy * dy <= distance * distance;
        });
      expect(dilate(region, SIZE, distance)).toEqual(region.map((_, i) => (near(i) ? 1 : 0)));
    }),
  );
});

test('a blur keeps what is even, and spreads no further than its reach', () => {
  for (const value of blur(new Uint8Array(SIZE * SIZE).fill(3), SIZE, 1.5)) expect(value).toBeCloseTo(3, 12);
  const point = new Uint8Array(SIZE * SIZE);
  point[6 * SIZE + 6] = 1;
  const spread = blur(point, SIZE, 1);
  expect(spread[6 * SIZE + 8]).toBeGreaterThan(0);
  expect(spread[6 * SIZE + 9]).toBe(0);
  expect(spread.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
});
