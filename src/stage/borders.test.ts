import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BORDER_REACH, HALO, INSIDE, LINE, traceBorders } from './borders';

const SIZE = 12;
const REGIONS = Uint8Array.from({ length: 19 }, (_, index) => index);

function trace(data: Uint8Array<ArrayBuffer>, rect = { x: 0, y: 0, width: SIZE, height: SIZE }, regions = REGIONS) {
  const kinds = new Map<number, number>();
  traceBorders({ data, size: SIZE }, rect, regions, (offset, kind) => kinds.set(offset, kind));
  return kinds;
}

const halves = new Uint8Array(SIZE * SIZE).map((_, i) => (i % SIZE < 6 ? 1 : 13));

test('a border is a line of two pixels with a pixel of halo on both sides, and the mask’s edge is none', () => {
  const row = Array.from({ length: SIZE }, (_, x) => trace(halves).get(5 * SIZE + x));
  const inside = [INSIDE, INSIDE, INSIDE, INSIDE];
  expect(row).toEqual([...inside, HALO, LINE, LINE, HALO, ...inside]);
});

test('regions of one number have no border between them', () => {
  const merged = REGIONS.with(1, 99).with(13, 99);
  expect(new Set(trace(halves, undefined, merged).values())).toEqual(new Set([INSIDE]));
});

test('a pixel’s mark depends on no pixel further off than the reach', () => {
  const masks = fc.uint8Array({ minLength: SIZE * SIZE, maxLength: SIZE * SIZE, max: 2 });
  const place = fc.nat(SIZE - 1);
  fc.assert(
    fc.property(masks, place, place, (bytes, x, y) => {
      const data = Uint8Array.from(bytes);
      const changed = data.slice();
      changed[y * SIZE + x] = 5;
      const [before, after] = [trace(data), trace(changed)];
      for (const [offset, kind] of after) {
        const isNear =
          Math.abs((offset % SIZE) - x) <= BORDER_REACH && Math.abs(Math.floor(offset / SIZE) - y) <= BORDER_REACH;
        if (!isNear) expect(kind).toBe(before.get(offset));
      }
      expect(after.get(y * SIZE + x)).toBe(LINE);
    }),
  );
});

test('tells only of pixels within the rectangle, and the same as for all', () => {
  const rect = { x: 3, y: 2, width: 5, height: 4 };
  const part = trace(halves, rect);
  expect(part.size).toBe(20);
  for (const [offset, kind] of part) expect(kind).toBe(trace(halves).get(offset));
});
