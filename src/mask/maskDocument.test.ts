import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { MaskDocument } from './maskDocument';
import { stampCapsule } from './raster';

const SIZE = 32;

function stroke(document: MaskDocument, x: number, y: number, value: number): void {
  document.touch(stampCapsule(document.live, { x, y }, { x: x + 5, y: y + 3 }, 3, { source: value, covers: null }));
}

/** `toEqual` takes milliseconds for as many bytes, and the walk below asks thousands of times. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

const coordinate = fc.integer({ min: 0, max: SIZE });
const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom('paint' as const, 'cancel' as const),
    x: coordinate,
    y: coordinate,
    value: fc.integer({ min: 0, max: 18 }),
  }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }),
);

test('any order of strokes, cancels, undo and redo walks along one line of states', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const document = new MaskDocument(SIZE);
      let states = [document.snapshot().mask];
      let at = 0;
      for (const each of steps) {
        if ('x' in each) {
          document.begin(each.kind);
          stroke(document, each.x, each.y, each.value);
          if (each.kind === 'cancel') document.abort();
          else document.commit();
          const now = document.snapshot().mask;
          if (!isSame(now, states[at]!)) {
            states = [...states.slice(0, at + 1), now];
            at++;
            expect(each.kind).toBe('paint');
          }
        } else if (each.kind === 'undo') {
          document.undo();
          at = Math.max(at - 1, 0);
        } else {
          document.redo();
          at = Math.min(at + 1, states.length - 1);
        }
        expect(isSame(document.snapshot().mask, states[at]!)).toBe(true);
        expect(isSame(document.live.data, states[at]!)).toBe(true);
      }
    }),
  );
});

test('a gesture is seen by the display at once and by everyone else when it is committed', () => {
  const document = new MaskDocument(SIZE);
  const [painted, committed] = [vi.fn(), vi.fn()];
  document.onPaint(painted);
  document.subscribe(committed);
  document.begin('Brush');
  stroke(document, 10, 10, 4);
  expect(painted).toHaveBeenCalledOnce();
  expect(committed).not.toHaveBeenCalled();
  expect(document.snapshot().mask.every((value) => value === 0)).toBe(true);
  document.commit();
  expect(committed).toHaveBeenCalledOnce();
  expect(document.snapshot().mask).toEqual(document.live.data);
});

test('a gesture that changes nothing leaves no step and no revision', () => {
  const document = new MaskDocument(SIZE);
  document.begin('Eraser');
  stroke(document, 10, 10, 0);
  document.commit();
  expect(document.undoLabel).toBeNull();
  expect(document.revision).toBe(0);
});

test('replace resamples, can be undone, and refuses what is no mask', () => {
  const document = new MaskDocument(SIZE);
  document.replace(new Uint8Array(4).fill(13), 2, 'Import');
  expect(document.live.data.every((value) => value === 13)).toBe(true);
  expect(document.undoLabel).toBe('Import');
  expect(() => document.replace(new Uint8Array(4).fill(19), 2, 'Import')).toThrow(RangeError);
  expect(() => document.replace(new Uint8Array(5), 2, 'Import')).toThrow(RangeError);
  expect(document.live.data.every((value) => value === 13)).toBe(true);
  document.undo();
  expect(document.live.data.every((value) => value === 0)).toBe(true);
});

test('restore is no step of the history', () => {
  const document = new MaskDocument(SIZE);
  document.restore(new Uint8Array(SIZE * SIZE).fill(7), SIZE);
  expect(document.undoLabel).toBeNull();
  expect(document.snapshot().mask[0]).toBe(7);
});

test('a snapshot is a copy', () => {
  const document = new MaskDocument(SIZE);
  document.snapshot().mask.fill(9);
  expect(document.snapshot().mask.every((value) => value === 0)).toBe(true);
});
