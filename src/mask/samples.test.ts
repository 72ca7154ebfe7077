import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FACE_CLASSES } from './classes';
import { isValidMask, MASK_SIZE, type ClassMask } from './classMask';
import { decodeMaskPng } from './png';
import { classShares } from './stats';

const FOLDER = new URL('../../public/samples/', import.meta.url);
const SAMPLES = JSON.parse(readFileSync(new URL('samples.json', FOLDER), 'utf8')) as {
  id: string;
  label: string;
  description: string;
}[];
const ON_EVERY_FACE = ['background', 'skin', 'nose', 'l_brow', 'r_brow', 'u_lip', 'l_lip', 'neck', 'cloth'];
const MAX_BYTES = 8192;

/** Everything that can be said to the models in training. */
const GRAMMAR = ['words', 'captions']
  .map((name) => readFileSync(new URL(`../../models/codiff/${name}.py`, import.meta.url), 'utf8').toLowerCase())
  .join(' ');

/** Heads turned aside: eyes stay where pictures are aligned, what lies in front of them or below moves. */
const TURNED = new Set(['ponytail', 'receding']);

/**
 * Pixels of a class, from a little below what nine of ten photos of the data set have to a little above. Thinner brows, narrower eyes or a
 * shorter neck than any photo's give distorted faces.
 */
const PROPORTIONS: Record<string, readonly [least: number, most: number]> = {
  nose: [3900, 7200],
  l_eye: [450, 1150],
  r_eye: [450, 1150],
  l_brow: [780, 2200],
  r_brow: [780, 2200],
  l_lip: [1300, 2900],
  neck: [4500, 19000],
  // From the lower quartile on: narrower lenses come out dark, whatever the words say.
  eye_g: [9700, 17_000],
};

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
  expect(SAMPLES).toHaveLength(12);
  expect(new Set(SAMPLES.map(({ label }) => label)).size).toBe(12);
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
    // The person's left eye lies in the picture's right half, at the height where CelebA-HQ aligns eyes. Dark glasses hide both.
    const [left, right, glasses] = ['l_eye', 'r_eye', 'eye_g'].map((key) => found.get(key));
    if (description.includes('sunglasses')) {
      expect([left, right]).toEqual([undefined, undefined]);
      expect(Math.abs(glasses!.x - 257)).toBeLessThan(6);
      expect(Math.abs(glasses!.y - 254)).toBeLessThan(6);
    } else {
      expect(left!.x).toBeGreaterThan(300);
      expect(right!.x).toBeLessThan(215);
      expect(Math.abs((left!.y + right!.y) / 2 - 246)).toBeLessThan(3);
      expect(Math.abs(left!.y - right!.y)).toBeLessThan(3);
    }
    expect(Math.abs(found.get('u_lip')!.x - 257)).toBeLessThan(TURNED.has(id) ? 20 : 6);
    expect(Math.abs(found.get('u_lip')!.y - 372)).toBeLessThan(12);
  });

  test('has features of the sizes that aligned photos have', async () => {
    const mask = await decodeMaskPng(new Uint8Array(readFileSync(new URL(`${id}.png`, FOLDER))));
    const shares = classShares(mask);
    for (const [key, [least, most]] of Object.entries(PROPORTIONS)) {
      const { index } = FACE_CLASSES.find((row) => row.key === key)!;
      const area = Math.round(shares[index]! * mask.data.length);
      if (area > 0) expect([key, area >= least && area <= most, area]).toEqual([key, true, area]);
    }
  });

  test('is described in words that the models learn', () => {
    const words = description.toLowerCase().match(/[a-z-]+/g)!;
    expect(words.filter((word) => !new RegExp(`\\b${word}\\b`).test(GRAMMAR))).toEqual([]);
  });
});
