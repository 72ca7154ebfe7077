import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf, corners, sampleCrop, type Crop } from './crop';
import type { Patch } from './picture';

const WIDTH = 60;
const HEIGHT = 40;

/** Any crop that a person can set: its centre in the photo. */
const anyCrop: fc.Arbitrary<Crop> = fc.record({
  x: fc.double({ min: 0, max: WIDTH, noNaN: true }),
  y: fc.double({ min: 0, max: HEIGHT, noNaN: true }),
  size: fc.double({ min: 4, max: 90, noNaN: true }),
  angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
});

function photo(): Patch {
  const pixels = Uint8ClampedArray.from({ length: WIDTH * HEIGHT * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 7919) % 251,
  );
  return { x: 0, y: 0, width: WIDTH, height: HEIGHT, pixels };
}

function cut(from: Patch, { x, y, width, height }: ReturnType<typeof boundsOf>): Patch {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * from.width + x) * 4;
    pixels.set(from.pixels.subarray(start, start + width * 4), row * width * 4);
  }
  return { x, y, width, height, pixels };
}

test('a square in the photo, not turned, is itself', () => {
  const sampled = sampleCrop(photo(), { x: 20, y: 15, size: 10, angle: 0 }, 10);
  expect(sampled).toEqual(cut(photo(), { x: 15, y: 10, width: 10, height: 10 }).pixels);
});

test('the crop’s bounds hold all that it reads, wherever it lies', () => {
  fc.assert(
    fc.property(anyCrop, (crop) => {
      const bounds = boundsOf(crop, WIDTH, HEIGHT);
      expect(bounds.width).toBeGreaterThan(0);
      expect(bounds.height).toBeGreaterThan(0);
      expect(sampleCrop(cut(photo(), bounds), crop, 8)).toEqual(sampleCrop(photo(), crop, 8));
    }),
    { numRuns: 1000 },
  );
});

test('its corners go round clockwise from the top left', () => {
  const [a, b, c, d] = corners({ x: 10, y: 10, size: 4, angle: Math.PI / 2 });
  const round = [a, b, c, d].map(({ x, y }) => [Math.round(x), Math.round(y)]);
  expect(round).toEqual([
    [12, 8],
    [12, 12],
    [8, 12],
    [8, 8],
  ]);
});
