import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMask, type ClassMask } from './classMask';
import { floodFill } from './fill';
import { coverRule, type Ink } from './ink';
import { stampCapsule } from './raster';
import { unionRect } from './rect';

const SIZE = 12;
const INK: Ink = { source: 9, covers: null };

/** Few classes, so that regions wind and touch the edges. */
const mask = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: SIZE * SIZE, maxLength: SIZE * SIZE })
  .map((values): ClassMask => ({ data: Uint8Array.from(values), size: SIZE }));
/** Mostly one class, so that squares find room. */
const roomyMask = fc
  .array(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1), { minLength: SIZE * SIZE, maxLength: SIZE * SIZE })
  .map((values): ClassMask => ({ data: Uint8Array.from(values), size: SIZE }));
const coordinate = fc.integer({ min: 0, max: SIZE - 1 });
const connectivity = fc.constantFrom(4 as const, 8 as const);

function copyOf({ data, size }: ClassMask): ClassMask {
  return { data: data.slice(), size };
}

function pixelsAt({ data }: ClassMask, value: number): Set<number> {
  return new Set([...data.keys()].filter((i) => data[i] === value));
}

function neighbours(at: number, connected: 4 | 8): number[] {
  const [x, y] = [at % SIZE, Math.floor(at / SIZE)];
  const corners = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const));
  return corners
    .filter(([dx, dy]) => Math.abs(dx) + Math.abs(dy) <= (connected === 8 ? 2 : 1))
    .map(([dx, dy]) => [x + dx, y + dy] as const)
    .filter(([px, py]) => px >= 0 && py >= 0 && px < SIZE && py < SIZE)
    .map(([px, py]) => py * SIZE + px);
}

/** All that is reached from a start through what is open, at most so many steps away: slow and plain. */
function reach(
  starts: Iterable<number>,
  isOpen: (at: number) => boolean,
  connected: 4 | 8,
  steps = Infinity,
): Set<number> {
  const found = new Set(starts);
  let front = [...found];
  for (let step = 0; step < steps && front.length > 0; step++) {
    front = front.flatMap((at) => neighbours(at, connected)).filter((at) => isOpen(at) && !found.has(at));
    front = [...new Set(front)];
    for (const at of front) found.add(at);
  }
  return found;
}

describe('without closing gaps', () => {
  test('fills the connected region, and nothing else', () => {
    fc.assert(
      fc.property(mask, coordinate, coordinate, connectivity, (before, x, y, connected) => {
        const after = copyOf(before);
        const rect = floodFill(after, x, y, INK, { connectivity: connected, closeGaps: 0 });
        const seed = y * SIZE + x;
        const region = reach([seed], (at) => before.data[at] === before.data[seed], connected);
        expect(after.data).toEqual(before.data.map((value, i) => (region.has(i) ? 9 : value)));
        const columns = [...region].map((i) => i % SIZE);
        const rows = [...region].map((i) => Math.floor(i / SIZE));
        const [left, top] = [Math.min(...columns), Math.min(...rows)];
        expect(rect).toEqual({
          x: left,
          y: top,
          width: Math.max(...columns) - left + 1,
          height: Math.max(...rows) - top + 1,
        });
      }),
    );
  });

  test('does nothing outside the mask, or when the class is there already', () => {
    const blank = createMask(SIZE);
    const options = { connectivity: 4, closeGaps: 0 } as const;
    expect(floodFill(blank, -1, 3, INK, options)).toBeNull();
    expect(floodFill(blank, 3, SIZE, INK, options)).toBeNull();
    expect(floodFill(blank, 3, 3, { source: 0, covers: null }, options)).toBeNull();
  });
});

test.each([0, 4])('paints from a mask, and stays away from what it may not cover (gaps of %d)', (closeGaps) => {
  const original = { data: Uint8Array.from({ length: SIZE * SIZE }, (_, i) => i % 19), size: SIZE };
  const painted = createMask(SIZE);
  painted.data.fill(5, 0, SIZE);
  const options = { connectivity: 4, closeGaps } as const;
  expect(floodFill(painted, 2, 6, { source: original.data, covers: coverRule([5], []) }, options)).toBeNull();
  expect(floodFill(painted, 2, 6, { source: original.data, covers: coverRule(null, [5]) }, options)).not.toBeNull();
  expect([...painted.data.subarray(0, SIZE)]).toEqual(Array.from({ length: SIZE }, () => 5));
  expect(painted.data.subarray(SIZE)).toEqual(original.data.subarray(SIZE));
});

describe('closing gaps', () => {
  test('slides a square one pixel wider than the gap, and looks into corners no deeper than the gap is wide', () => {
    fc.assert(
      fc.property(
        roomyMask,
        coordinate,
        coordinate,
        connectivity,
        fc.integer({ min: 1, max: 3 }),
        (before, x, y, c, gap) => {
          const after = copyOf(before);
          floodFill(after, x, y, INK, { connectivity: c, closeGaps: gap });
          const filled = pixelsAt(after, 9);
          const seed = y * SIZE + x;
          const isOpen = (at: number) => before.data[at] === before.data[seed];
          const square = (at: number) =>
            Array.from({ length: (gap + 1) ** 2 }, (_, i) => at + (i % (gap + 1)) + Math.floor(i / (gap + 1)) * SIZE);
          const fits = (at: number) =>
            (at % SIZE) + gap < SIZE && Math.floor(at / SIZE) + gap < SIZE && square(at).every(isOpen);
          const holders = [...before.data.keys()].filter((at) => fits(at) && square(at).includes(seed));
          const slid = new Set([...reach(holders, fits, 4)].flatMap(square));
          expect(filled.has(seed)).toBe(true);
          const region = reach([seed], isOpen, c);
          expect([...filled].every((at) => region.has(at))).toBe(true);
          expect([...slid].every((at) => filled.has(at))).toBe(true);
          if (holders.length === 0) return;
          const farthest = reach(slid, isOpen, c, gap);
          const rooms = new Set([...before.data.keys()].filter(fits).flatMap(square));
          expect([...filled].filter((at) => !farthest.has(at) || (rooms.has(at) && !slid.has(at)))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  const room = 40;

  /** A wall two pixels thick, at columns 20 and 21, with an opening. */
  function twoRooms(opening: number): ClassMask {
    const rooms = createMask(room);
    for (let y = 0; y < room; y++) {
      if (y < 15 || y >= 15 + opening) rooms.data.fill(1, y * room + 20, y * room + 22);
    }
    return rooms;
  }

  test.each([1, 2, 3, 5, 8])(
    'an opening of %d pixels holds back a fill that closes as much, but none that closes less',
    (opening) => {
      for (const closeGaps of [opening, opening + 3]) {
        const held = twoRooms(opening);
        floodFill(held, 5, 30, INK, { connectivity: 8, closeGaps });
        const columns = [...pixelsAt(held, 9)].map((i) => i % room);
        // All of the near room, and half of the wall's thickness in the opening.
        expect(columns.length).toBe(20 * room + opening);
        expect(Math.max(...columns)).toBe(20);
      }
      const passed = twoRooms(opening);
      floodFill(passed, 5, 30, INK, { connectivity: 8, closeGaps: opening - 1 });
      expect(pixelsAt(passed, 0).size).toBe(0);
    },
  );

  test.each([0, 25, 45, 70])('a drawn outline with a gap at %d degrees is filled inside only', (degrees) => {
    const size = 200;
    const [gap, radius, middle] = [8, 70, 100];
    const drawn = createMask(size);
    const half = (gap + 4) / 2 / radius;
    let last: { x: number; y: number } | null = null;
    for (let angle = half; angle <= 2 * Math.PI - half; angle += 0.01) {
      const turned = angle + (degrees * Math.PI) / 180;
      const point = { x: middle + radius * Math.cos(turned), y: middle + radius * Math.sin(turned) };
      stampCapsule(drawn, last ?? point, point, 2, { source: 1, covers: null });
      last = point;
    }
    floodFill(drawn, middle, middle, INK, { connectivity: 4, closeGaps: 10 });
    const distances = [...drawn.data.keys()].map((i) =>
      Math.hypot((i % size) + 0.5 - middle, Math.floor(i / size) + 0.5 - middle),
    );
    const escaped = distances.filter((distance, i) => drawn.data[i] === 9 && distance > radius + 2 + gap / 2);
    const missed = distances.filter((distance, i) => drawn.data[i] === 0 && distance < radius - 3);
    expect(escaped).toEqual([]);
    expect(missed).toEqual([]);
  });

  test('a narrow place is filled alone, or from the room next to it when that is near', () => {
    const corridor = createMask(room);
    corridor.data.fill(1);
    // A room, and a corridor two pixels wide that leads out of it.
    for (let y = 5; y < 25; y++) corridor.data.fill(0, y * room + 2, y * room + 15);
    for (let y = 10; y < 12; y++) corridor.data.fill(0, y * room + 15, y * room + 35);
    const options = { connectivity: 4, closeGaps: 4 } as const;
    const fromAfar = copyOf(corridor);
    floodFill(fromAfar, 33, 10, INK, options);
    expect(pixelsAt(fromAfar, 9)).toEqual(
      new Set([10, 11].flatMap((y) => Array.from({ length: 20 }, (_, x) => y * room + 15 + x))),
    );
    const fromNear = copyOf(corridor);
    floodFill(fromNear, 16, 10, INK, options);
    expect(pixelsAt(fromNear, 9).size).toBe(20 * 13 + 4 * 2);
  });

  test('a thin stroke is filled whole', () => {
    const drawn = createMask(room);
    const stroke = stampCapsule(drawn, { x: 5, y: 8 }, { x: 33, y: 20 }, 1.5, { source: 6, covers: null })!;
    const before = pixelsAt(drawn, 6);
    expect(floodFill(drawn, 19, 14, INK, { connectivity: 4, closeGaps: 10 })).toEqual(unionRect(null, stroke));
    expect(pixelsAt(drawn, 9)).toEqual(before);
  });
});
