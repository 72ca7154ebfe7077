import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMask, type ClassMask } from './classMask';
import { coverRule, type Ink } from './ink';
import { mirrorPoint } from './mirror';
import type { Point } from './raster';
import { ellipseOutline, fillPolygon } from './shapes';

const SIZE = 40;
const INK: Ink = { source: 5, covers: null };

const coordinate = fc.double({ min: -15, max: SIZE + 15, noNaN: true });
/** Quarters of a pixel, so that corners and edges often pass through pixel centres. */
const quarter = fc.integer({ min: -20, max: 4 * SIZE + 20 }).map((value) => value / 4);
const point = fc.oneof(fc.record({ x: coordinate, y: coordinate }), fc.record({ x: quarter, y: quarter }));
const outline = fc.array(point, { minLength: 3, maxLength: 9 });

function filled(corners: readonly Point[], ink: Ink = INK): ClassMask {
  const mask = createMask(SIZE);
  fillPolygon(mask, corners, ink);
  return mask;
}

function count(mask: ClassMask): number {
  return mask.data.filter((value) => value === 5).length;
}

/** How often the outline winds around a point, by the sum of the angles under which its edges are seen from there. */
function winding(corners: readonly Point[], { x, y }: Point): number {
  let turned = 0;
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % corners.length]!;
    const [ax, ay, bx, by] = [from.x - x, from.y - y, to.x - x, to.y - y];
    turned += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  });
  return Math.round(turned / (2 * Math.PI));
}

function distanceToOutline(corners: readonly Point[], { x, y }: Point): number {
  const distances = corners.map((from, i) => {
    const to = corners[(i + 1) % corners.length]!;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const along = dx === 0 && dy === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy);
    const nearest = Math.min(Math.max(along, 0), 1);
    return Math.hypot(x - from.x - nearest * dx, y - from.y - nearest * dy);
  });
  return Math.min(...distances);
}

describe('fillPolygon', () => {
  test('fills the pixels whose centre the outline winds around, and no others', () => {
    fc.assert(
      fc.property(outline, (corners) => {
        const mask = filled(corners);
        for (const [i, value] of mask.data.entries()) {
          const centre = { x: (i % SIZE) + 0.5, y: Math.floor(i / SIZE) + 0.5 };
          if (distanceToOutline(corners, centre) < 1e-5) continue;
          expect(value === 5).toBe(winding(corners, centre) !== 0);
        }
      }),
    );
  });

  test('the area of a convex outline is that of its corners, to half a pixel along its edges', () => {
    const inside = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(inside, { minLength: 3, maxLength: 12 }),
        fc.double({ min: 3, max: 19, noNaN: true }),
        (angles, r) => {
          const corners = angles
            .toSorted((a, b) => a - b)
            .map((angle) => ({ x: 20 + r * Math.cos(angle), y: 20 + r * Math.sin(angle) }));
          const pairs = corners.map((from, i) => [from, corners[(i + 1) % corners.length]!] as const);
          const area = Math.abs(pairs.reduce((sum, [a, b]) => sum + a.x * b.y - b.x * a.y, 0)) / 2;
          const length = pairs.reduce((sum, [a, b]) => sum + Math.hypot(a.x - b.x, a.y - b.y), 0);
          expect(Math.abs(count(filled(corners)) - area)).toBeLessThanOrEqual(0.75 * length + 1);
        },
      ),
    );
  });

  test('stays within its corners and the mask, and tells the tightest rectangle', () => {
    fc.assert(
      fc.property(outline, (corners) => {
        const mask = createMask(SIZE);
        const rect = fillPolygon(mask, corners, INK);
        const touched = [...mask.data.keys()].filter((i) => mask.data[i] === 5);
        const [xs, ys] = [touched.map((i) => i % SIZE), touched.map((i) => Math.floor(i / SIZE))];
        if (touched.length === 0) {
          expect(rect).toBeNull();
          return;
        }
        const [x, y] = [Math.min(...xs), Math.min(...ys)];
        expect(rect).toEqual({ x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 });
        expect(x + 0.5).toBeGreaterThanOrEqual(Math.min(...corners.map((corner) => corner.x)) - 1e-5);
        expect(y + 0.5).toBeGreaterThanOrEqual(Math.min(...corners.map((corner) => corner.y)));
        expect(Math.max(...xs) + 0.5).toBeLessThanOrEqual(Math.max(...corners.map((corner) => corner.x)) + 1e-5);
        expect(Math.max(...ys) + 0.5).toBeLessThanOrEqual(Math.max(...corners.map((corner) => corner.y)));
      }),
    );
  });

  test('the mirrored outline fills the mirrored pixels, and the direction does not matter', () => {
    fc.assert(
      fc.property(outline, (corners) => {
        const mask = filled(corners);
        expect(filled(corners.toReversed())).toEqual(mask);
        const mirrored = filled(corners.map((corner) => mirrorPoint(corner, SIZE / 2)));
        const back = mirrored.data.map((_, i) => mirrored.data[i - (i % SIZE) + SIZE - 1 - (i % SIZE)]!);
        expect(back).toEqual(mask.data);
      }),
    );
  });

  test('covers what the rule lets it', () => {
    const mask = createMask(SIZE);
    mask.data.fill(3, 0, SIZE * 20);
    const all = [
      { x: 0, y: 0 },
      { x: SIZE, y: 0 },
      { x: SIZE, y: SIZE },
      { x: 0, y: SIZE },
    ];
    fillPolygon(mask, all, { source: 5, covers: coverRule(null, [3]) });
    expect(mask.data).toEqual(Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (i < SIZE * 20 ? 3 : 5)));
  });

  test('a lasso that crosses itself has no hole', () => {
    const star = Array.from({ length: 5 }, (_, i) => {
      const angle = (i * 4 * Math.PI) / 5;
      return { x: 20 + 18 * Math.cos(angle), y: 20 + 18 * Math.sin(angle) };
    });
    const mask = filled(star);
    expect(mask.data[20 * SIZE + 20]).toBe(5);
  });

  test('corners on pixel centres, as the keyboard sets them, are filled on all sides', () => {
    const corners = [
      { x: 10.5, y: 10.5 },
      { x: 14.5, y: 10.5 },
      { x: 14.5, y: 14.5 },
      { x: 10.5, y: 14.5 },
    ];
    expect(count(filled(corners))).toBe(25);
  });

  test('too few corners fill nothing that is wide', () => {
    expect(fillPolygon(createMask(SIZE), [], INK)).toBeNull();
    expect(fillPolygon(createMask(SIZE), [{ x: 3, y: 3 }], INK)).toBeNull();
    expect(
      count(
        filled([
          { x: 3, y: 3 },
          { x: 30.1, y: 21 },
        ]),
      ),
    ).toBeLessThan(20);
  });
});

describe('ellipseOutline', () => {
  const plain = { circle: false, fromCentre: false };

  test('lies in the box between its points and touches all four sides', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const corners = ellipseOutline(from, to, plain);
        const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
        expect(Math.min(...xs)).toBeCloseTo(Math.min(from.x, to.x));
        expect(Math.max(...xs)).toBeCloseTo(Math.max(from.x, to.x));
        expect(Math.min(...ys)).toBeCloseTo(Math.min(from.y, to.y));
        expect(Math.max(...ys)).toBeCloseTo(Math.max(from.y, to.y));
      }),
    );
  });

  test('filled, it holds the pixels whose centre lies in the ellipse', () => {
    const mask = filled(ellipseOutline({ x: 2, y: 8.3 }, { x: 37.2, y: 30 }, plain));
    const [cx, cy, rx, ry] = [19.6, 19.15, 17.6, 10.85];
    for (const [i, value] of mask.data.entries()) {
      const away = Math.hypot(((i % SIZE) + 0.5 - cx) / rx, (Math.floor(i / SIZE) + 0.5 - cy) / ry);
      if (Math.abs(away - 1) > 0.003) expect(value === 5).toBe(away < 1);
    }
  });

  test('a circle grows from the first point towards the other by the longer side', () => {
    const corners = ellipseOutline({ x: 30, y: 20 }, { x: 20, y: 24 }, { circle: true, fromCentre: false });
    const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([20, 30]);
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([20, 30]);
  });

  test('from the centre, the other point is a corner of the box', () => {
    const corners = ellipseOutline({ x: 20, y: 20 }, { x: 12, y: 23 }, { circle: false, fromCentre: true });
    expect(Math.max(...corners.map((corner) => corner.x))).toBeCloseTo(28);
    expect(Math.max(...corners.map((corner) => corner.y))).toBeCloseTo(23);
  });
});
