import { expect, test } from 'vitest';
import { influencePath } from './influencePath';

test('goes up to the points, along them, and down again', () => {
  const points = [
    { x: 0, y: 0.5 },
    { x: 0.5, y: 1 },
    { x: 1, y: 0 },
  ];
  expect(influencePath(points, 100, 20)).toBe('M0 20L0 10L50 0L100 20L100 20Z');
});

test('ends where the run has come to', () => {
  expect(
    influencePath(
      [
        { x: 0, y: 1 },
        { x: 0.25, y: 1 },
      ],
      100,
      20,
    ),
  ).toBe('M0 20L0 0L25 0L25 20Z');
});
