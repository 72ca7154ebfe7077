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
  fc.record({ kind: fc.constantFrom('load' as const, 'replace' as const), value: fc.integer({ min: 0, max: 18 }) }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }),
);

function stateOf(document: MaskDocument): { mask: Uint8Array; baseline: Uint8Array } {
  return { mask: document.snapshot().mask, baseline: document.baseline.data.slice() };
}

function isSameState(a: ReturnType<typeof stateOf>, b: ReturnType<typeof stateOf>): boolean {
  return isSame(a.mask, b.mask) && isSame(a.baseline, b.baseline);
}

test('any order of strokes, cancels, loads, undo and redo walks along one line of states, baselines included', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const document = new MaskDocument(SIZE);
      let states = [stateOf(document)];
      let at = 0;
      for (const each of steps) {
        if ('value' in each) {
          if ('x' in each) {
            document.begin(each.kind);
            stroke(document, each.x, each.y, each.value);
            if (each.kind === 'cancel') document.abort();
            else document.commit();
          } else {
            document[each.kind](new Uint8Array(SIZE * SIZE).fill(each.value), SIZE, each.kind);
          }
          const now = stateOf(document);
          if (!isSameState(now, states[at]!)) {
            expect(each.kind).not.toBe('cancel');
            if (each.kind !== 'load') expect(isSame(now.baseline, states[at]!.baseline)).toBe(true);
            states = [...states.slice(0, at + 1), now];
            at++;
          }
        } else if (each.kind === 'undo') {
          document.undo();
          at = Math.max(at - 1, 0);
        } else {
          document.redo();
          at = Math.min(at + 1, states.length - 1);
        }
        expect(isSameState(stateOf(document), states[at]!)).toBe(true);
        expect(isSame(document.live.data, states[at]!.mask)).toBe(true);
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

test('load is replace with a new baseline', () => {
  const document = new MaskDocument(SIZE);
  const { baseline } = document;
  document.load(new Uint8Array(4).fill(13), 2, 'Sample');
  expect(document.undoLabel).toBe('Sample');
  expect(document.baseline).toBe(baseline);
  expect(baseline.data.every((value) => value === 13)).toBe(true);
  expect(() => document.load(new Uint8Array(4).fill(19), 2, 'Sample')).toThrow(RangeError);
  expect(document.snapshot().mask.every((value) => value === 13)).toBe(true);
});

test('loading what is painted already is a step, as erasing now restores something else', () => {
  const document = new MaskDocument(SIZE);
  document.replace(new Uint8Array(4).fill(13), 2, 'Paint');
  const { revision } = document;
  document.load(new Uint8Array(4).fill(13), 2, 'Sample');
  expect(document.revision).toBe(revision + 1);
  document.undo();
  expect(document.baseline.data.every((value) => value === 0)).toBe(true);
  expect(document.live.data.every((value) => value === 13)).toBe(true);
});

test('the baseline is what an ink restores from', () => {
  const document = new MaskDocument(SIZE);
  document.load(new Uint8Array(4).fill(13), 2, 'Sample');
  document.edit('Brush', (mask) => stampCapsule(mask, { x: 9, y: 9 }, { x: 9, y: 9 }, 5, { source: 4, covers: null }));
  expect(document.live.data.includes(4)).toBe(true);
  const ink = { source: document.baseline.data, covers: null };
  document.edit('Eraser', (mask) => stampCapsule(mask, { x: 9, y: 9 }, { x: 9, y: 9 }, 6, ink));
  expect(document.snapshot().mask.every((value) => value === 13)).toBe(true);
});

test('restore brings mask and baseline back, and no step leads away from them', () => {
  const document = new MaskDocument(SIZE);
  document.replace(new Uint8Array(4).fill(13), 2, 'Paint');
  document.restore(new Uint8Array(SIZE * SIZE).fill(7), SIZE, new Uint8Array(SIZE * SIZE).fill(1));
  expect(document.undoLabel).toBeNull();
  expect(document.snapshot().mask[0]).toBe(7);
  expect(document.baseline.data[0]).toBe(1);
  document.undo();
  expect(document.live.data.every((value) => value === 7)).toBe(true);
  document.restore(new Uint8Array(SIZE * SIZE).fill(8), SIZE);
  expect(document.baseline.data[0]).toBe(8);
  expect(() => document.restore(new Uint8Array(16), 4, new Uint8Array(9))).toThrow(RangeError);
});

test('edit is one whole gesture, tells whether it changed anything, and leaves nothing when it fails', () => {
  const document = new MaskDocument(SIZE);
  const paint = (mask: { data: Uint8Array }) => {
    mask.data[5] = 3;
    return { x: 5, y: 0, width: 1, height: 1 };
  };
  expect(document.edit('Dot', paint)).toBe(true);
  expect(document.undoLabel).toBe('Dot');
  expect(document.edit('Dot', paint)).toBe(false);
  expect(document.edit('None', () => null)).toBe(false);
  const fail = (mask: { data: Uint8Array }) => {
    mask.data[6] = 3;
    throw new Error('broken');
  };
  expect(() => document.edit('Broken', fail)).toThrow('broken');
  expect(document.isPainting).toBe(false);
  expect(document.live.data).toEqual(document.snapshot().mask);
  expect(document.undoLabel).toBe('Dot');
});

test('two hundred strokes across a whole mask can all be taken back', () => {
  const document = new MaskDocument();
  const start = document.snapshot().mask;
  for (let i = 0; i < 200; i++) {
    const ink = { source: 1 + (i % 18), covers: null };
    document.edit('Brush', (mask) => stampCapsule(mask, { x: 0, y: 2 * i }, { x: 512, y: 512 - i }, 30, ink));
  }
  for (let i = 0; i < 200; i++) document.undo();
  expect(document.undoLabel).toBeNull();
  expect(isSame(document.live.data, start)).toBe(true);
});

test('a snapshot is a copy', () => {
  const document = new MaskDocument(SIZE);
  document.snapshot().mask.fill(9);
  expect(document.snapshot().mask.every((value) => value === 0)).toBe(true);
});

test('contents that are exchanged come back as they were, with their history and without an open gesture', () => {
  const document = new MaskDocument(SIZE);
  document.load(new Uint8Array(SIZE * SIZE).fill(4), SIZE, 'Load');
  document.edit('Paint', (mask) => stampCapsule(mask, { x: 9, y: 9 }, { x: 9, y: 9 }, 3, { source: 2, covers: null }));
  const painted = stateOf(document);
  document.begin('Open');
  stroke(document, 3, 3, 7);
  const listener = vi.fn();
  document.subscribe(listener);
  const first = document.exchange(new MaskDocument(SIZE).contents);
  expect(listener).toHaveBeenCalledTimes(1);
  expect([document.undoLabel, document.live.data.some(Boolean)]).toEqual([null, false]);
  document.edit('Elsewhere', (mask) =>
    stampCapsule(mask, { x: 1, y: 1 }, { x: 1, y: 1 }, 3, { source: 9, covers: null }),
  );
  const second = document.exchange(first);
  expect(isSameState(stateOf(document), painted)).toBe(true);
  document.undo();
  expect([document.undoLabel, document.redoLabel]).toEqual(['Load', 'Paint']);
  document.exchange(second);
  expect(document.undoLabel).toBe('Elsewhere');
});
