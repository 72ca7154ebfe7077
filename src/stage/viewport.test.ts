import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clampViewport, fitViewport, panViewport, toMask, toScreen, zoomViewport } from './viewport';

const MASK = 512;
const place = fc.record({
  x: fc.double({ min: -300, max: 900, noNaN: true }),
  y: fc.double({ min: -300, max: 900, noNaN: true }),
});
const viewport = fc.record({
  scale: fc.double({ min: 0.25, max: 32, noNaN: true }),
  x: fc.double({ min: -2000, max: 2000, noNaN: true }),
  y: fc.double({ min: -2000, max: 2000, noNaN: true }),
});

test('screen and mask coordinates are each other’s inverse', () => {
  fc.assert(
    fc.property(viewport, place, (view, point) => {
      const back = toScreen(view, toMask(view, point));
      expect(back.x).toBeCloseTo(point.x, 6);
      expect(back.y).toBeCloseTo(point.y, 6);
    }),
  );
});

test('zooming holds the point under the pointer, within the limits of scale', () => {
  fc.assert(
    fc.property(viewport, place, fc.double({ min: 0.01, max: 100, noNaN: true }), (view, at, factor) => {
      const zoomed = zoomViewport(view, factor, at);
      expect(zoomed.scale).toBeGreaterThanOrEqual(0.25);
      expect(zoomed.scale).toBeLessThanOrEqual(32);
      expect(toMask(zoomed, at).x).toBeCloseTo(toMask(view, at).x, 4);
      expect(toMask(zoomed, at).y).toBeCloseTo(toMask(view, at).y, 4);
    }),
  );
});

test('fits the whole mask in the middle of any host', () => {
  for (const host of [
    { width: 800, height: 600 },
    { width: 360, height: 720 },
  ]) {
    const { scale, x, y } = fitViewport(host, MASK);
    expect(x).toBeGreaterThan(0);
    expect(y).toBeGreaterThan(0);
    expect(x * 2 + MASK * scale).toBeCloseTo(host.width);
    expect(y * 2 + MASK * scale).toBeCloseTo(host.height);
  }
});

test('the mask cannot be pushed out of sight', () => {
  const host = { width: 400, height: 300 };
  const fitted = fitViewport(host, MASK);
  for (const [dx, dy] of [
    [5000, 5000],
    [-5000, -5000],
  ] as const) {
    const { scale, x, y } = clampViewport(panViewport(fitted, dx, dy), host, MASK);
    expect(x).toBeLessThan(host.width);
    expect(y).toBeLessThan(host.height);
    expect(x + MASK * scale).toBeGreaterThan(0);
    expect(y + MASK * scale).toBeGreaterThan(0);
  }
});
