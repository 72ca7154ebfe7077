import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMask, type ClassMask } from './classMask';
import { fillHoles, removeSpecks, smoothEdges } from './cleanup';
import { coverRule } from './ink';
import { stampCapsule } from './raster';
import type { Rect } from './rect';

const SIZE = 96;
const [BACKGROUND, SKIN, LIP, HAIR] = [0, 1, 11, 13];
const SMALL = 14;

const smallMask = fc
  .array(fc.constantFrom(BACKGROUND, SKIN, SKIN, SKIN, LIP), { minLength: SMALL * SMALL, maxLength: SMALL * SMALL })
  .map((values): ClassMask => ({ data: Uint8Array.from(values), size: SMALL }));
const rule = fc.constantFrom(null, coverRule([BACKGROUND, SKIN], []), coverRule(null, [SKIN]), coverRule([], []));

function copyOf({ data, size }: ClassMask): ClassMask {
  return { data: data.slice(), size };
}

/** A mask of one class where `isInside` holds at the pixel's centre. */
function drawn(isInside: (x: number, y: number) => boolean, inside = SKIN, outside = BACKGROUND): ClassMask {
  const mask = createMask(SIZE);
  for (const i of mask.data.keys())
    mask.data[i] = isInside((i % SIZE) + 0.5, Math.floor(i / SIZE) + 0.5) ? inside : outside;
  return mask;
}

function paintBox(mask: ClassMask, value: number, x: number, y: number, width: number, height: number): void {
  for (let row = y; row < y + height; row++) mask.data.fill(value, row * mask.size + x, row * mask.size + x + width);
}

function countOf(mask: ClassMask, value: number): number {
  return mask.data.filter((each) => each === value).length;
}

function differences(a: ClassMask, b: ClassMask): number[] {
  return [...a.data.keys()].filter((i) => a.data[i] !== b.data[i]);
}

function isWithin(rect: Rect | null, at: number, size: number): boolean {
  if (!rect) return false;
  const [x, y] = [at % size, Math.floor(at / size)];
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

const CLEAN_UPS = [
  ['smoothEdges', (mask: ClassMask, covers: Uint8Array | null) => smoothEdges(mask, SKIN, covers)],
  ['fillHoles', (mask: ClassMask, covers: Uint8Array | null) => fillHoles(mask, SKIN, covers)],
  ['removeSpecks', (mask: ClassMask, covers: Uint8Array | null) => removeSpecks(mask, SKIN, 5, covers)],
] as const;

test.each(CLEAN_UPS)(
  '%s moves no borders but those of its class, covers what it may, and tells where',
  (name, clean) => {
    fc.assert(
      fc.property(smallMask, rule, (before, covers) => {
        const after = copyOf(before);
        const rect = clean(after, covers);
        const changed = differences(before, after);
        for (const at of changed) {
          expect([before.data[at], after.data[at]]).toContain(SKIN);
          expect(covers?.[before.data[at]!]).not.toBe(0);
          expect(isWithin(rect, at, SMALL)).toBe(true);
        }
        if (changed.length === 0 && name !== 'smoothEdges') expect(rect).toBeNull();
      }),
    );
  },
);

describe('smoothEdges', () => {
  const slanted = (x: number, y: number) => y > 20 + 0.4 * x;
  const round = (x: number, y: number) => Math.hypot(x - 48, y - 48) < 34;

  test.each([
    ['slanted', slanted],
    ['round', round],
  ])('leaves a smooth %s edge as it is', (_name, shape) => {
    const mask = drawn(shape);
    expect(smoothEdges(mask, SKIN, null)).toBeNull();
    expect(mask).toEqual(drawn(shape));
  });

  test.each([2, 4])('takes steps of %d pixels, as a small mask made larger has them, towards the true edge', (step) => {
    const diagonal = (x: number, y: number) => y > 10 + 0.8 * x;
    const mask = drawn((x, y) => diagonal((Math.floor(x / step) + 0.5) * step, (Math.floor(y / step) + 0.5) * step));
    const before = differences(mask, drawn(diagonal)).length;
    smoothEdges(mask, SKIN, null);
    expect(differences(mask, drawn(diagonal)).length).toBeLessThan(0.7 * before);
  });

  test('takes the jitter off an edge', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.boolean()), (coins) => {
        const ragged = drawn((x, y) => {
          const distance = Math.hypot(x - 48, y - 48) - 34;
          return Math.abs(distance) < 0.8 ? coins.next().value : distance < 0;
        });
        const [before, mask] = [differences(ragged, drawn(round)).length, copyOf(ragged)];
        smoothEdges(mask, SKIN, null);
        expect(differences(mask, drawn(round)).length).toBeLessThan(0.6 * before);
      }),
      { numRuns: 30 },
    );
  });

  const angles = Array.from({ length: 13 }, (_, i) => (i * Math.PI) / 12);

  test.each([
    ['the class itself', LIP],
    ['one that the class surrounds', SKIN],
  ])('lines three pixels thick stay, if they are %s', (_name, smoothed) => {
    for (const angle of angles) {
      const mask = drawn(() => true);
      const [dx, dy] = [35 * Math.cos(angle), 35 * Math.sin(angle)];
      stampCapsule(mask, { x: 48 - dx, y: 48 - dy }, { x: 48 + dx, y: 48 + dy }, 1.5, { source: LIP, covers: null });
      const line = copyOf(mask);
      smoothEdges(mask, smoothed, null);
      expect(countOf(mask, LIP)).toBeGreaterThan(0.85 * countOf(line, LIP));
      // Of its middle nothing is lost that made it whole: it is still one island.
      const longest = copyOf(mask);
      removeSpecks(longest, LIP, SIZE * SIZE, null);
      expect(countOf(longest, LIP)).toBe(countOf(mask, LIP));
    }
  });

  test('a pixel lost goes to the class next to it', () => {
    const mask = drawn((_x, y) => y > 40, SKIN, HAIR);
    paintBox(mask, BACKGROUND, 60, 0, 36, 40);
    mask.data[39 * SIZE + 30] = SKIN;
    mask.data[39 * SIZE + 80] = SKIN;
    smoothEdges(mask, SKIN, null);
    expect(mask.data[39 * SIZE + 30]).toBe(HAIR);
    expect(mask.data[39 * SIZE + 80]).toBe(BACKGROUND);
  });
});

describe('fillHoles', () => {
  function face(): ClassMask {
    const mask = createMask(SIZE);
    paintBox(mask, SKIN, 10, 10, 70, 70);
    return mask;
  }

  test('fills background within the class, however large, with the specks in it', () => {
    const mask = face();
    paintBox(mask, BACKGROUND, 20, 20, 30, 30);
    paintBox(mask, HAIR, 25, 25, 7, 9);
    expect(fillHoles(mask, SKIN, null)).toEqual({ x: 20, y: 20, width: 30, height: 30 });
    expect(mask).toEqual(face());
  });

  test('leaves the parts of a face, but fills spots', () => {
    const mask = face();
    paintBox(mask, LIP, 20, 20, 8, 8);
    paintBox(mask, LIP, 40, 20, 9, 7);
    fillHoles(mask, SKIN, null);
    expect(countOf(mask, LIP)).toBe(64);
  });

  test('a bay is no hole, whether it opens to the background or to the edge of the mask; a corner closes a hole', () => {
    const mask = face();
    paintBox(mask, BACKGROUND, 10, 30, 20, 3);
    paintBox(mask, SKIN, 80, 10, 16, 70);
    paintBox(mask, BACKGROUND, 90, 50, 6, 6);
    const before = copyOf(mask);
    expect(fillHoles(mask, SKIN, null)).toBeNull();
    expect(mask).toEqual(before);
    mask.data[29 * SIZE + 29] = BACKGROUND;
    mask.data[29 * SIZE + 30] = BACKGROUND;
    mask.data[28 * SIZE + 31] = BACKGROUND;
    expect(fillHoles(mask, SKIN, null)).toEqual({ x: 31, y: 28, width: 1, height: 1 });
  });
});

describe('removeSpecks', () => {
  test('small islands take the class that touches them most; large ones stay', () => {
    const mask = drawn((x) => x < 48, HAIR, BACKGROUND);
    paintBox(mask, SKIN, 60, 60, 20, 20);
    paintBox(mask, SKIN, 46, 10, 5, 3);
    paintBox(mask, SKIN, 10, 10, 4, 4);
    const expected = copyOf(mask);
    // Three columns of five lie in the background: 3 + 6 edges there, 3 + 4 in the hair.
    paintBox(expected, BACKGROUND, 46, 10, 5, 3);
    expect(removeSpecks(mask, SKIN, 15, null)).toEqual({ x: 46, y: 10, width: 5, height: 3 });
    expect(mask).toEqual(expected);
  });

  test('the last island stays, and of several small ones the largest', () => {
    const mask = createMask(SIZE);
    paintBox(mask, SKIN, 10, 10, 3, 3);
    expect(removeSpecks(mask, SKIN, 1000, null)).toBeNull();
    paintBox(mask, SKIN, 20, 20, 4, 4);
    removeSpecks(mask, SKIN, 1000, null);
    expect(countOf(mask, SKIN)).toBe(16);
  });

  test('pixels that share a corner are one island', () => {
    const mask = createMask(SIZE);
    for (let i = 0; i < 30; i++) mask.data[i * SIZE + i] = SKIN;
    paintBox(mask, SKIN, 50, 50, 20, 20);
    expect(removeSpecks(mask, SKIN, 20, null)).toBeNull();
    removeSpecks(mask, SKIN, 30, null);
    expect(countOf(mask, SKIN)).toBe(400);
  });
});
