import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paintWeights } from './colormap';
import { megabytes, seconds } from './format';
import { mean, sampleGrid } from './grid';
import { SEED_MAX, parseSeed, randomSeed } from './seed';

describe('format', () => {
  test.each([
    [0, '0.0 MB'],
    [9_940_000, '9.9 MB'],
    [9_960_000, '10 MB'],
    [58_400_000, '58 MB'],
  ])('%i bytes read %s', (bytes, text) => expect(megabytes(bytes)).toBe(text));

  test.each([
    [84, '0.08 s'],
    [12_340, '12.3 s'],
    [123_400, '123 s'],
  ])('%i ms read %s', (ms, text) => expect(seconds(ms)).toBe(text));
});

describe('colour map', () => {
  const luminance = (p: Uint8ClampedArray) => 0.2126 * p[0]! + 0.7152 * p[1]! + 0.0722 * p[2]!;

  test('grows brighter with the weight, and clamps', () => {
    let previous = -1;
    for (let i = 0; i <= 20; i++) {
      const light = luminance(paintWeights(Float32Array.of(i / 20)));
      expect(light).toBeGreaterThan(previous);
      previous = light;
    }
    expect(paintWeights(Float32Array.of(-3, 7))).toEqual(paintWeights(Float32Array.of(0, 1)));
  });
});

describe('grid', () => {
  const grid = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([height, width]) =>
    fc.record({
      size: fc.constant({ height, width }),
      values: fc.float32Array({ minLength: height * width, maxLength: height * width, min: 0, max: 1, noNaN: true }),
    }),
  );
  const unit = fc.double({ min: 0, max: 1, noNaN: true });

  test('is exact at cell centres', () => {
    fc.assert(
      fc.property(grid, ({ size, values }) => {
        for (let r = 0; r < size.height; r++) {
          for (let c = 0; c < size.width; c++) {
            const read = sampleGrid(values, size, (c + 0.5) / size.width, (r + 0.5) / size.height);
            expect(read).toBeCloseTo(values[r * size.width + c]!, 5);
          }
        }
      }),
    );
  });

  test('never leaves the range of the values, so weights that sum to one go on doing so', () => {
    fc.assert(
      fc.property(grid, unit, unit, ({ size, values }, x, y) => {
        const read = sampleGrid(values, size, x, y);
        const rest = sampleGrid(
          values.map((v) => 1 - v),
          size,
          x,
          y,
        );
        expect(read).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
        expect(read).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
        expect(read + rest).toBeCloseTo(1, 5);
      }),
    );
  });

  test('mean', () => {
    expect(mean(Float32Array.of(0, 1, 0.5, 0.5))).toBe(0.5);
    expect(mean(new Float32Array())).toBe(0);
  });
});

describe('seed', () => {
  test('accepts exactly the uint32 numbers', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: SEED_MAX }), (n) => parseSeed(String(n)) === n));
    for (const bad of ['', ' ', '-1', '1.5', '4294967296', '1e3', 'abc', '99999999999'])
      expect(parseSeed(bad)).toBeNull();
    expect(parseSeed(' 42 ')).toBe(42);
  });

  test('a random seed is one of them', () => expect(parseSeed(String(randomSeed()))).not.toBeNull());
});
