import { describe, expect, it } from 'vitest';
import { blockMeans, checkMask, maskToOneHot, mixedBlocks } from './oneHot';

describe('maskToOneHot', () => {
  it('is one where the class is, zero elsewhere', () => {
    const planes = maskToOneHot(Uint8Array.of(0, 2, 1, 2), 3);
    expect([...planes]).toEqual([1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1]);
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

describe('mixedBlocks', () => {
  it('finds the blocks with more than one class, whatever their shape', () => {
    const mask = Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 2, 3, 3, 3, 3, 3, 0, 3, 3);
    expect(mixedBlocks(mask, 4, [2, 2])).toEqual([false, true, true, false]);
    expect(mixedBlocks(mask, 4, [4, 1])).toEqual([true, true, false, true]);
    expect(mixedBlocks(mask, 4, [4, 4])).not.toContain(true);
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
