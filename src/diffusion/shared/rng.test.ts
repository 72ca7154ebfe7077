import { describe, expect, it } from 'vitest';
import { normals, philox } from './rng';

describe('philox', () => {
  // Known answers published with the reference implementation (Random123, kat_vectors).
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as const)('gives the published answer for %j', (counter, key, expected) => {
    expect(philox(counter, key)).toEqual(expected);
  });
});

describe('normals', () => {
  it('gives the same prefix for any count, also one that 4 does not divide', () => {
    const long = normals(7, 0, 64);
    expect(normals(7, 0, 13)).toEqual(long.slice(0, 13));
  });

  it('differs between seeds and between streams', () => {
    expect(normals(1, 0, 8)).not.toEqual(normals(2, 0, 8));
    expect(normals(1, 0, 8)).not.toEqual(normals(1, 1, 8));
  });

  it('has the moments of a standard normal', () => {
    const sample = normals(123, 0, 40_000);
    const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
    const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sample.length;
    const kurtosis = sample.reduce((sum, x) => sum + (x - mean) ** 4, 0) / sample.length / variance ** 2;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.1);
  });
});
