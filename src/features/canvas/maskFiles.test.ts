import { encode } from 'fast-png';
import { beforeEach, expect, test } from 'vitest';
import { AppError } from '../../diffusion/shared/errors';
import { maskDocument } from './maskDocument';
import { importMaskFile, readMaskFile } from './maskFiles';
import { painterStore, setNotice } from './painterStore';

const SIZE = 16;

function greyFile(value: number, width = SIZE, height = SIZE): File {
  const data = new Uint8Array(width * height).fill(value);
  return new File([new Uint8Array(encode({ width, height, data, channels: 1 }))], 'mask.png');
}

beforeEach(() => setNotice(null));

test('a mask of another size is put on the canvas, resized and undoable, and the page says so', async () => {
  await importMaskFile(greyFile(13));
  expect(maskDocument.snapshot().mask.every((value) => value === 13)).toBe(true);
  expect(painterStore.getState().notice).toMatchObject({ kind: 'info' });
  expect(painterStore.getState().notice?.message).toContain('from 16 to 512');
  maskDocument.undo();
  expect(maskDocument.snapshot().mask.every((value) => value === 0)).toBe(true);
});

test.each([
  ['a text file', new File(['not a picture'], 'mask.txt'), 'not a PNG'],
  ['grey values beyond the classes', greyFile(200), 'value 200'],
  ['an oblong', greyFile(1, 16, 9), '16 × 9'],
])('%s is explained with one thing to do, and the painting stays', async (_name, file, words) => {
  const { revision } = maskDocument;
  await importMaskFile(file);
  const { notice } = painterStore.getState();
  expect(notice).toMatchObject({ kind: 'error' });
  expect(notice?.message).toContain(words);
  expect(notice?.cure).toBeTruthy();
  expect(maskDocument.revision).toBe(revision);
});

test('the error of a wrong file has a code', async () => {
  await expect(readMaskFile(new Blob(['x']))).rejects.toSatisfy(
    (error) => error instanceof AppError && error.code === 'MASK_INVALID',
  );
});
