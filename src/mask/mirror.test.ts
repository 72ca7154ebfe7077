import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLASS_COUNT, FACE_CLASSES, MIRROR_PARTNER } from './classes';
import { createMask, type ClassMask } from './classMask';
import { copySide, fittedAxis, mirrorMask, mirrorPoint } from './mirror';

const SIZE = 9;
const mask = fc
  .array(fc.integer({ min: 0, max: CLASS_COUNT - 1 }), { minLength: SIZE * SIZE, maxLength: SIZE * SIZE })
  .map((values) => ({ data: Uint8Array.from(values), size: SIZE }));

test('twice is the same mask', () => {
  fc.assert(
    fc.property(mask, (before) => {
      expect(mirrorMask(mirrorMask(before))).toEqual(before);
    }),
  );
});

test('a left eye at the right becomes a right eye at the left', () => {
  const before = createMask(SIZE);
  const [left, right] = ['l_eye', 'r_eye'].map((key) => FACE_CLASSES.findIndex((row) => row.key === key));
  before.data[2 * SIZE + 7] = left!;
  const after = mirrorMask(before);
  expect(after.data[2 * SIZE + 1]).toBe(right);
  expect(after.data[2 * SIZE + 7]).toBe(0);
});

test('partners belong together, and only sided classes have one', () => {
  for (const { index, label } of FACE_CLASSES) {
    expect(MIRROR_PARTNER[MIRROR_PARTNER[index]!]).toBe(index);
    expect(MIRROR_PARTNER[index] !== index).toBe(/left|right/i.test(label));
  }
});

describe('copySide', () => {
  const side = fc.constantFrom('left' as const, 'right' as const);
  /** Half pixels, which mirror pixels onto pixels. */
  const axis = fc.integer({ min: 0, max: 2 * SIZE }).map((half) => half / 2);

  test('keeps one side, mirrors it onto the other, and leaves what it does not reach', () => {
    fc.assert(
      fc.property(mask, axis, side, (before, at, from) => {
        const after = copySide(before, at, from);
        for (const [i, value] of after.data.entries()) {
          const x = i % SIZE;
          const image = mirrorPoint({ x: x + 0.5, y: 0 }, at).x - 0.5;
          const isKept = image < 0 || image >= SIZE || (from === 'left' ? x <= image : x >= image);
          const expected = isKept ? before.data[i] : MIRROR_PARTNER[before.data[i - x + image]!];
          expect(value).toBe(expected);
        }
      }),
    );
  });

  test('about the centre line it makes a mask that is its own mirror image, but for the column on the line', () => {
    fc.assert(
      fc.property(mask, side, (before, from) => {
        const after = copySide(before, SIZE / 2, from);
        const mirrored = mirrorMask(after);
        const middle = (SIZE - 1) / 2;
        const differing = [...after.data.keys()].filter((i) => after.data[i] !== mirrored.data[i]);
        expect(differing.every((i) => i % SIZE === middle)).toBe(true);
      }),
    );
  });
});

describe('fittedAxis', () => {
  const [skin, leftEye, rightEye] = ['skin', 'l_eye', 'r_eye'].map((key) =>
    FACE_CLASSES.findIndex((row) => row.key === key),
  ) as [number, number, number];

  function face(...parts: readonly (readonly [classIndex: number, x: number, width: number])[]): ClassMask {
    const drawn = createMask(40);
    for (const [classIndex, x, width] of parts) drawn.data.fill(classIndex, 400 + x, 400 + x + width);
    return drawn;
  }

  test('lies midway between the eyes, whatever their sizes', () => {
    expect(fittedAxis(face([skin, 0, 40], [rightEye, 6, 4], [leftEye, 20, 8]))).toBe(16);
    expect(fittedAxis(face([rightEye, 6, 4], [leftEye, 21, 8]))).toBe(16.5);
  });

  test('goes through the skin without both eyes, and through the middle without skin', () => {
    expect(fittedAxis(face([skin, 4, 20], [leftEye, 30, 4]))).toBe(14);
    expect(fittedAxis(createMask(40))).toBe(20);
  });

  test('follows a face that is mirrored', () => {
    const before = face([skin, 0, 40], [rightEye, 6, 4], [leftEye, 21, 8]);
    expect(fittedAxis(mirrorMask(before))).toBe(40 - fittedAxis(before));
  });
});
