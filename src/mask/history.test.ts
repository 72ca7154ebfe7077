import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASS_COUNT } from './classes';
import { createMask, type ClassMask } from './classMask';
import { applyDifference, diffMasks, History, type Step } from './history';
import { fullRect } from './rect';

const SIZE = 8;
const mask = fc
  .array(fc.integer({ min: 0, max: CLASS_COUNT - 1 }), { minLength: SIZE * SIZE, maxLength: SIZE * SIZE })
  .map((values): ClassMask => ({ data: Uint8Array.from(values), size: SIZE }));

/** A step that holds this many runs of four bytes. */
function stepOf(runs: number, label = ''): Step {
  return { label, mask: { rect: fullRect(SIZE), runs: new Uint32Array(runs) }, baseline: null };
}

test('a change leads from before to after and back', () => {
  fc.assert(
    fc.property(mask, mask, (before, after) => {
      const work = { data: before.data.slice(), size: SIZE };
      const change = diffMasks(before, after, fullRect(SIZE));
      if (!change) {
        expect(before.data).toEqual(after.data);
        return;
      }
      applyDifference(work, change);
      expect(work.data).toEqual(after.data);
      applyDifference(work, change);
      expect(work.data).toEqual(before.data);
    }),
  );
});

test('a difference within any rectangle leads from there to there', () => {
  const side = fc.integer({ min: 0, max: SIZE - 1 });
  fc.assert(
    fc.property(mask, mask, side, side, side, side, (before, after, x0, y0, x1, y1) => {
      const rect = {
        x: Math.min(x0, x1),
        y: Math.min(y0, y1),
        width: Math.abs(x0 - x1) + 1,
        height: Math.abs(y0 - y1) + 1,
      };
      const work = { data: before.data.slice(), size: SIZE };
      const difference = diffMasks(before, after, rect);
      if (difference) applyDifference(work, difference);
      const isIn = (i: number) =>
        i % SIZE >= rect.x &&
        i % SIZE < rect.x + rect.width &&
        Math.floor(i / SIZE) >= rect.y &&
        Math.floor(i / SIZE) < rect.y + rect.height;
      expect(work.data).toEqual(before.data.map((value, i) => (isIn(i) ? after.data[i]! : value)));
    }),
  );
});

test('the baseline counts to the memory, and clearing frees all of it', () => {
  const history = new History();
  const { mask: held } = stepOf(3);
  history.push({ label: 'Sample', mask: null, baseline: held });
  history.push({ label: 'Sample', mask: held, baseline: held });
  expect(history.bytes).toBe(36);
  history.undo();
  history.clear();
  expect(history.bytes).toBe(0);
  expect([history.undoLabel, history.redoLabel]).toEqual([null, null]);
});

test('only pixels within the rectangle count', () => {
  const before = createMask(SIZE);
  const after = createMask(SIZE);
  after.data[0] = 3;
  expect(diffMasks(before, after, { x: 1, y: 0, width: 3, height: 3 })).toBeNull();
});

test('keeps the newest steps when there are too many', () => {
  const history = new History(3);
  for (const label of ['a', 'b', 'c', 'd']) history.push(stepOf(1, label));
  expect([history.undo(), history.undo(), history.undo(), history.undo()].map((step) => step?.label)).toEqual([
    'd',
    'c',
    'b',
    undefined,
  ]);
});

test('drops the oldest steps when they hold too much memory, but never the newest', () => {
  const history = new History(100, 40);
  for (let i = 0; i < 5; i++) history.push(stepOf(4));
  expect(history.bytes).toBe(32);
  history.push(stepOf(50, 'huge'));
  expect(history.bytes).toBe(200);
  expect(history.undoLabel).toBe('huge');
});

test('a new edit ends what could be redone, and frees its memory', () => {
  const history = new History();
  history.push(stepOf(4, 'a'));
  history.push(stepOf(6, 'b'));
  history.undo();
  expect(history.redoLabel).toBe('b');
  history.push(stepOf(1, 'c'));
  expect(history.redoLabel).toBeNull();
  expect(history.bytes).toBe(20);
});
