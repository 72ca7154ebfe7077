import { expect, test } from 'vitest';
import { classShares, describeMask, formatShare } from './stats';

test('shares and their words', () => {
  const shares = classShares({ data: Uint8Array.from([0, 0, 13, 1]), size: 2 });
  expect(shares[0]).toBe(0.5);
  expect(shares.reduce((a, b) => a + b)).toBe(1);
  expect(describeMask(shares)).toBe('Mask: Background 50 %, Skin 25 %, Hair 25 %.');
});

test('small shares keep their digits', () => {
  expect([0, 0.0004, 0.031, 0.31].map(formatShare)).toEqual(['', '< 0.1 %', '3.1 %', '31 %']);
});
