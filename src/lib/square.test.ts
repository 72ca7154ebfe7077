import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import align from '../../models/contracts/fixtures/align.json';
import { sampleSquare, toPicture, toUnit } from './square';

const number = fc.double({ min: -1000, max: 1000, noNaN: true });
const place = fc.record({ x: number, y: number });
const square = fc.record({
  x: number,
  y: number,
  size: fc.double({ min: 1, max: 1000, noNaN: true }),
  angle: fc.double({ min: -10, max: 10, noNaN: true }),
});

describe('a square', () => {
  it('carries its unit coordinates into the picture and back', () => {
    fc.assert(
      fc.property(square, place, (square, place) => {
        const back = toPicture(square, toUnit(square, place));
        expect(back.x).toBeCloseTo(place.x, 6);
        expect(back.y).toBeCloseTo(place.y, 6);
      }),
    );
  });

  it('is turned clockwise on the screen', () => {
    const corner = toPicture({ x: 10, y: 20, size: 4, angle: Math.PI / 2 }, { x: 1, y: 0.5 });
    expect(corner.x).toBeCloseTo(10, 9);
    expect(corner.y).toBeCloseTo(22, 9);
  });

  it.each(align.sampling.squares)('is sampled as in Python: $crop, black $black', ({ crop, size, black, values }) => {
    const { width, height, rgb } = align.sampling.photo;
    const bytes = Uint8Array.from(atob(rgb), (character) => character.charCodeAt(0));
    const pixels = new Uint8ClampedArray(width * height * 4);
    for (let i = 0; i < width * height; i++) pixels.set(bytes.subarray(3 * i, 3 * i + 3), 4 * i);
    const sampled = sampleSquare({ pixels, width, height }, crop, size, black ? 'black' : 'edge');
    expect(sampled).toHaveLength(size * size * 4);
    for (const [i, value] of values.entries()) {
      // Half a level, because pixels are rounded.
      expect(Math.abs(sampled[Math.floor(i / 3) * 4 + (i % 3)]! - value)).toBeLessThanOrEqual(0.5 + 1e-4);
      expect(sampled[Math.floor(i / 3) * 4 + 3]).toBe(255);
    }
  });
});
