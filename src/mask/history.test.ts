import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASS_COUNT } from './classes';
import { createMask, type ClassMask } from './classMask';
import { applyChange, diffMasks, History, type Change } from './history';
import { fullRect } from './rect';

const SIZE = 8;
const mask = fc
  .array(fc.integer({ min: 0, max: CLASS_COUNT - 1 }), { minLength: SIZE * SIZE, maxLength: SIZE * SIZE })
  .map((values): ClassMask => ({ data: Uint8Array.from(values), size: SIZE }));

function changeOf(bytes: number, label = ''): Change {
  return { label, rect: { x: 0, y: 0, width: bytes, height: 1 }, difference: new Uint8Array(bytes) };
}

test('a change leads from before to after and back', () => {
  fc.assert(
    fc.property(mask, mask, (before, after) => {
      const work = { data: before.data.slice(), size: SIZE };
      const change = diffMasks(before, after, fullRect(SIZE), 'test');
      if (!change) {
        expect(before.data).toEqual(after.data);
        return;
      }
      applyChange(work, change);
      expect(work.data).toEqual(after.data);
      applyChange(work, change);
      expect(work.data).toEqual(before.data);
    }),
  );
});

test('only pixels within the rectangle count', () => {
  const before = createMask(SIZE);
  const after = createMask(SIZE);
  after.data[0] = 3;
  expect(diffMasks(before, after, { x: 1, y: 0, width: 3, height: 3 }, '')).toBeNull();
});

test('keeps the newest steps when there are too many', () => {
  const history = new History(3);
  for (const label of ['a', 'b', 'c', 'd']) history.push(changeOf(1, label));
  expect([history.undo(), history.undo(), history.undo(), history.undo()].map((change) => change?.label)).toEqual([
    'd',
    'c',
    'b',
    undefined,
  ]);
});

test('drops the oldest steps when they hold too much memory, but never the newest', () => {
  const history = new History(100, 10);
  for (let i = 0; i < 5; i++) history.push(changeOf(4));
  expect(history.bytes).toBe(8);
  history.push(changeOf(50, 'huge'));
  expect(history.bytes).toBe(50);
  expect(history.undoLabel).toBe('huge');
});

test('a new edit ends what could be redone, and frees its memory', () => {
  const history = new History();
  history.push(changeOf(4, 'a'));
  history.push(changeOf(6, 'b'));
  history.undo();
  expect(history.redoLabel).toBe('b');
  history.push(changeOf(1, 'c'));
  expect(history.redoLabel).toBeNull();
  expect(history.bytes).toBe(5);
});
