import { expect, test, vi } from 'vitest';
import { copyOfMask, isTouched, onMaskChange, openMask, putMask } from './documents';
import { maskDocument } from './maskDocument';

const all = (value: number) => new Uint8Array(16).fill(value);
const firstOf = (key: 'current' | 'edit') => copyOfMask(key).mask[0];

test('each view keeps a mask of its own, whichever is on the canvas', () => {
  const changes: string[] = [];
  const listener = vi.fn((key: string) => void changes.push(key));
  const stop = onMaskChange(listener);
  openMask('edit');
  openMask('current');
  expect(changes).toEqual([]);
  expect([isTouched('current'), isTouched('edit')]).toEqual([false, false]);
  putMask('edit', all(7), 4);
  expect([firstOf('current'), firstOf('edit'), maskDocument.committed.data[0]]).toEqual([0, 7, 0]);
  putMask('current', all(3), 4);
  openMask('edit');
  expect([firstOf('current'), firstOf('edit'), maskDocument.committed.data[0]]).toEqual([3, 7, 7]);
  maskDocument.replace(all(8), 4, 'Paint');
  openMask('current');
  expect([maskDocument.undoLabel, firstOf('edit')]).toEqual([null, 8]);
  openMask('edit');
  expect([maskDocument.undoLabel, maskDocument.baseline.data[0]]).toEqual(['Paint', 7]);
  expect(changes).toEqual(['edit', 'current', 'edit']);
  stop();
});
