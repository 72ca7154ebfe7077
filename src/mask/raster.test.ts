import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask } from './classMask';
import { stampCapsule, type Point } from './raster';

const SIZE = 40;
/** Pixels this close to the edge may fall on either side: the two ways to compute it round differently. */
const EDGE = 1e-6;

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const length2 = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  const t = length2 === 0 ? 0 : ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length2;
  const clamped = Math.min(Math.max(t, 0), 1);
  return Math.hypot(p.x - a.x - clamped * (b.x - a.x), p.y - a.y - clamped * (b.y - a.y));
}

const coordinate = fc.double({ min: -20, max: SIZE + 20, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const radius = fc.double({ min: 1, max: 15, noNaN: true });

test('a capsule holds exactly the pixels whose centre is near the segment', () => {
  fc.assert(
    fc.property(point, point, radius, (from, to, r) => {
      const mask = createMask(SIZE);
      stampCapsule(mask, from, to, r, { source: 5, covers: null });
      const wrong = [...mask.data.entries()].filter(([i, value]) => {
        const distance = distanceToSegment({ x: (i % SIZE) + 0.5, y: Math.floor(i / SIZE) + 0.5 }, from, to);
        return Math.abs(distance - r) > EDGE && value !== (distance < r ? 5 : 0);
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('the returned rectangle is the tightest around the touched pixels', () => {
  fc.assert(
    fc.property(point, point, radius, (from, to, r) => {
      const mask = createMask(SIZE);
      const rect = stampCapsule(mask, from, to, r, { source: 1, covers: null });
      const touched = [...mask.data.entries()].filter(([, value]) => value === 1).map(([i]) => i);
      if (touched.length === 0) {
        expect(rect).toBeNull();
        return;
      }
      const xs = touched.map((i) => i % SIZE);
      const ys = touched.map((i) => Math.floor(i / SIZE));
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      expect(rect).toEqual({ x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 });
    }),
    { numRuns: 200 },
  );
});

test('the thinnest brush marks at least one pixel wherever it touches', () => {
  const inside = fc.double({ min: 0, max: SIZE - 0.001, noNaN: true });
  fc.assert(
    fc.property(inside, inside, (x, y) => {
      const mask = createMask(SIZE);
      stampCapsule(mask, { x, y }, { x, y }, 0, { source: 1, covers: null });
      expect(mask.data.some((value) => value === 1)).toBe(true);
    }),
  );
});
