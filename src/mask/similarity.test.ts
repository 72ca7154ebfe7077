import fc from 'fast-check';
import { expect, test } from 'vitest';
import { carry, carryBack, fitPairs, place } from './similarity';

const POINTS = [
  { x: 190, y: 250 },
  { x: 320, y: 245 },
  { x: 257, y: 380 },
];
const SCALE = { least: 0.4, most: 2 };
const degrees = (angle: number) => (angle * Math.PI) / 180;

function fitted(scale: number, turn: number) {
  const truth = place({ x: 257, y: 300 }, { x: 200, y: 260 }, scale, degrees(turn));
  return {
    truth,
    fit: fitPairs(
      POINTS.map((from, i) => ({ from, to: carry(truth, from), weight: i + 1 })),
      SCALE,
    ),
  };
}

test('the fit finds the turn, scale and shift that moved the points', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.4, max: 2, noNaN: true }), fc.integer({ min: -35, max: 35 }), (scale, turn) => {
      const { truth, fit } = fitted(scale, turn);
      for (const point of POINTS) {
        expect(carry(fit, point).x).toBeCloseTo(carry(truth, point).x, 6);
        expect(carry(fit, point).y).toBeCloseTo(carry(truth, point).y, 6);
        expect(carryBack(fit, carry(fit, point)).x).toBeCloseTo(point.x, 6);
        expect(carryBack(fit, carry(fit, point)).y).toBeCloseTo(point.y, 6);
      }
    }),
  );
});

test.each([
  ['small', 0.1, 0, 0.4, 0],
  ['large', 5, 0, 2, 0],
  ['turned', 1, 80, 1, 35],
  ['turned the other way', 1, -170, 1, -35],
])('points too %s are met as far as a face goes', (_, scale, turn, expectedScale, expectedTurn) => {
  const { fit } = fitted(scale, turn);
  expect(Math.hypot(fit.a, fit.b)).toBeCloseTo(expectedScale, 6);
  expect(Math.atan2(fit.b, fit.a)).toBeCloseTo(degrees(expectedTurn), 6);
});
