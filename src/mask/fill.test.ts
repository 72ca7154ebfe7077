import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask, type ClassMask } from './classMask';
import { floodFill, type FillOptions } from './fill';
import type { Ink } from './ink';

const SIZE = 12;
const PLAIN: FillOptions = { connectivity: 4, closeGaps: 0 };

function inkOf(source: number): Ink {
  return { source, covers: null };
}

/** Few classes, so that regions wind and touch the edges. */
const mask = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: SIZE * SIZE, maxLength: SIZE * SIZE })
  .map((values): ClassMask => ({ data: Uint8Array.from(values), size: SIZE }));
const coordinate = fc.integer({ min: 0, max: SIZE - 1 });

/** One pixel at a time, with no eye to speed. */
function slowRegion({ data }: ClassMask, x: number, y: number): Set<number> {
  const target = data[y * SIZE + x];
  const region = new Set<number>();
  const open = [[x, y] as const];
  while (open.length > 0) {
    const [px, py] = open.pop()!;
    const at = py * SIZE + px;
    if (px < 0 || py < 0 || px >= SIZE || py >= SIZE || region.has(at) || data[at] !== target) continue;
    region.add(at);
    open.push([px + 1, py], [px - 1, py], [px, py + 1], [px, py - 1]);
  }
  return region;
}

test('fills the region joined by edges, and nothing else', () => {
  fc.assert(
    fc.property(mask, coordinate, coordinate, (before, x, y) => {
      const after = { data: before.data.slice(), size: SIZE };
      const rect = floodFill(after, x, y, inkOf(9), PLAIN);
      const region = slowRegion(before, x, y);
      expect(after.data).toEqual(before.data.map((value, i) => (region.has(i) ? 9 : value)));
      const columns = [...region].map((i) => i % SIZE);
      expect(rect?.x).toBe(Math.min(...columns));
      expect(rect?.width).toBe(Math.max(...columns) - Math.min(...columns) + 1);
    }),
  );
});

test('does nothing outside the mask, or when the class is there already', () => {
  const blank = createMask(SIZE);
  expect(floodFill(blank, -1, 3, inkOf(4), PLAIN)).toBeNull();
  expect(floodFill(blank, 3, SIZE, inkOf(4), PLAIN)).toBeNull();
  expect(floodFill(blank, 3, 3, inkOf(0), PLAIN)).toBeNull();
});
