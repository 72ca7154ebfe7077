import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dragged, held, nudged, sideLimits, turnedByQuarter } from './cropMoves';

const PHOTO = { width: 400, height: 300 };
const crop = { x: 200, y: 150, size: 100, angle: 0.2 };

test('whatever is done, the centre stays in the photo and the side within limits', () => {
  const anything = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  const { min, max } = sideLimits(PHOTO);
  fc.assert(
    fc.property(anything, anything, anything, anything, (x, y, size, angle) => {
      const out = held({ x, y, size, angle }, PHOTO);
      expect(out.x).toBe(Math.min(400, Math.max(0, x)));
      expect(out.y).toBe(Math.min(300, Math.max(0, y)));
      expect(out.size).toBe(Math.min(max, Math.max(min, size)));
      expect(Math.abs(out.angle)).toBeLessThanOrEqual(Math.PI + 1e-9);
      expect(Math.cos(out.angle)).toBeCloseTo(Math.cos(angle), 6);
    }),
  );
});

test('inside it moves, at a corner it grows about its centre, at the knob it turns', () => {
  const from = { x: 250, y: 150 };
  expect(dragged(crop, 'move', from, { x: 260, y: 130 })).toEqual({ ...crop, x: 210, y: 130 });
  expect(dragged(crop, 'size', from, { x: 300, y: 150 })).toEqual({ ...crop, size: 200 });
  expect(dragged(crop, 'turn', from, { x: 200, y: 250 }).angle).toBeCloseTo(0.2 + Math.PI / 2, 9);
});

test('keys do the same, Shift in larger steps, and other keys nothing', () => {
  expect(nudged(crop, 'ArrowLeft', false)?.x).toBe(199);
  expect(nudged(crop, 'ArrowDown', true)?.y).toBe(158);
  expect(nudged(crop, '+', false)?.size).toBeGreaterThan(100);
  expect(nudged(crop, '-', false)?.size).toBeLessThan(100);
  expect(nudged(crop, '.', false)?.angle).toBeCloseTo(0.2 + Math.PI / 180, 9);
  expect(nudged(crop, 'a', false)).toBeNull();
  expect(turnedByQuarter(crop, -1).angle).toBeCloseTo(0.2 - Math.PI / 2, 9);
});
