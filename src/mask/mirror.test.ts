import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASS_COUNT, FACE_CLASSES, MIRROR_PARTNER } from './classes';
import { createMask } from './classMask';
import { mirrorMask } from './mirror';

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
