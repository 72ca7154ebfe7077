import { describe, expect, it } from 'vitest';
import { relativeDifference } from './selfCheck';

describe('relativeDifference', () => {
  it('is the largest difference in units of the root mean square', () => {
    expect(relativeDifference(Float32Array.of(3, -4), Float32Array.of(3, -4))).toBe(0);
    // RMS of 3, 4 is √12.5
    expect(relativeDifference(Float32Array.of(3, -4), Float32Array.of(3.5, -4.25))).toBeCloseTo(
      0.5 / Math.sqrt(12.5),
      6,
    );
  });

  it('passes no tolerance when either side is not a number', () => {
    const good = Float32Array.of(1, 1, 1);
    for (const bad of [NaN, Infinity]) {
      for (const place of [0, 1, 2]) {
        const other = Float32Array.of(1, 1, 1);
        other[place] = bad;
        expect(relativeDifference(good, other) <= 0.02).toBe(false);
        expect(relativeDifference(other, good) <= 0.02).toBe(false);
      }
    }
  });

  it('passes no tolerance when outputs differ in length', () => {
    expect(relativeDifference(Float32Array.of(1, 1), Float32Array.of(1)) <= 0.02).toBe(false);
  });
});
