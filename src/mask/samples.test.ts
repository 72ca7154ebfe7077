import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FACE_CLASSES } from './classes';
import { isValidMask, MASK_SIZE, type ClassMask } from './classMask';
import { decodeMaskPng } from './png';

const FOLDER = new URL('../../public/samples/', import.meta.url);
const SAMPLES = JSON.parse(readFileSync(new URL('samples.json', FOLDER), 'utf8')) as {
  id: string;
  description: string;
}[];
const ON_EVERY_FACE = [
  'background',
  'skin',
  'nose',
  'l_eye',
  'r_eye',
  'l_brow',
  'r_brow',
  'u_lip',
  'l_lip',
  'neck',
  'cloth',
];
const MAX_BYTES = 8192;

interface Centre {
  x: number;
  y: number;
}

/** Mean column and row of every class that is there, in pixels, by its key. */
function centres({ data, size }: ClassMask): Map<string, Centre> {
  const sums = FACE_CLASSES.map(() => ({ x: 0, y: 0, count: 0 }));
  for (let i = 0; i < data.length; i++) {
    const sum = sums[data[i]!]!;
    sum.x += i % size;
    sum.y += Math.floor(i / size);
    sum.count++;
  }
  const present = FACE_CLASSES.filter(({ index }) => sums[index]!.count > 0);
  return new Map(
    present.map(({ key, index }) => {
      const { x, y, count } = sums[index]!;
      return [key, { x: x / count, y: y / count }];
    }),
  );
}

test('every listed sample has its file, and every file is listed', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.png'));
  expect(files.toSorted()).toEqual(SAMPLES.map(({ id }) => `${id}.png`).toSorted());
  expect(SAMPLES.length).toBeGreaterThanOrEqual(4);
});

describe.each(SAMPLES)('$id', ({ id, description }) => {
  test('is a small, whole face laid out as the models know faces', async () => {
    const bytes = new Uint8Array(readFileSync(new URL(`${id}.png`, FOLDER)));
    const mask = await decodeMaskPng(bytes);
    expect(bytes.length).toBeLessThan(MAX_BYTES);
    expect(description).not.toBe('');
    expect(mask.size).toBe(MASK_SIZE);
    expect(mask.inexact).toBe(0);
    expect(isValidMask(mask)).toBe(true);
    const found = centres(mask);
    expect([...found.keys()]).toEqual(expect.arrayContaining(ON_EVERY_FACE));
    const [left, right, lip] = ['l_eye', 'r_eye', 'u_lip'].map((key) => found.get(key));
    // The person's left eye lies in the picture's right half, at the height where CelebA-HQ aligns eyes.
    expect(left!.x).toBeGreaterThan(300);
    expect(right!.x).toBeLessThan(215);
    expect(Math.abs(left!.y - 246)).toBeLessThan(6);
    expect(Math.abs(lip!.y - 372)).toBeLessThan(12);
  });
});
