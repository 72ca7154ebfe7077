import { describe, expect, it } from 'vitest';
import { blockMeans, checkMask, maskToOneHot } from './oneHot';

describe('maskToOneHot', () => {
  it('is one where the class is, zero elsewhere', () => {
    const planes = maskToOneHot(Uint8Array.of(0, 2, 1, 2), 2, 2, 3);
    expect([...planes]).toEqual([1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1]);
  });

  it('takes source pixel floor((i + 0.5) · source / target), shrinking and growing', () => {
    for (const [source, target] of [
      [256, 64],
      [10, 4],
      [3, 8],
      [5, 5],
    ] as const) {
      const mask = Uint8Array.from({ length: source * source }, (_, i) => (i * 7 + Math.floor(i / source)) % 19);
      const planes = maskToOneHot(mask, source, target, 19);
      for (let row = 0; row < target; row++) {
        for (let column = 0; column < target; column++) {
          const y = Math.floor(((row + 0.5) * source) / target);
          const x = Math.floor(((column + 0.5) * source) / target);
          const hot = Array.from({ length: 19 }, (_, c) => planes[(c * target + row) * target + column]);
          expect(hot.indexOf(1)).toBe(mask[y * source + x]);
          expect(hot.filter((value) => value !== 0)).toHaveLength(1);
        }
      }
    }
  });
});

describe('blockMeans', () => {
  it('is the mean of every block, whatever its shape', () => {
    const plane = Float32Array.of(1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1);
    expect([...blockMeans(plane, 4, [2, 2])]).toEqual([0.75, 0, 0.25, 1]);
    expect([...blockMeans(plane, 4, [1, 2])]).toEqual([0.5, 0.5]);
    expect([...blockMeans(plane, 4, [4, 4])]).toEqual([...plane]);
  });
});

describe('checkMask', () => {
  it('accepts a square of known classes', () => {
    expect(() => checkMask(new Uint8Array(16).fill(18), 4, 19)).not.toThrow();
  });

  it('refuses a wrong length', () => {
    expect(() => checkMask(new Uint8Array(15), 4, 19)).toThrow(expect.objectContaining({ code: 'MASK_INVALID' }));
  });

  it('says where an unknown class is', () => {
    const mask = new Uint8Array(16);
    mask[6] = 19;
    expect(() => checkMask(mask, 4, 19)).toThrow(/value 19 at row 1, column 2/);
  });
});
