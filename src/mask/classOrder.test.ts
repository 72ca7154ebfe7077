import { readdirSync, readFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { CLASS_COUNT } from './classes';
import type { ClassMask } from './classMask';
import { detectOrder, FROM_BISENET, type ClassOrder } from './classOrder';
import { decodeMaskPng } from './png';

const FOLDER = new URL('../../public/samples/', import.meta.url);
const SAMPLES = readdirSync(FOLDER).filter((name) => name.endsWith('.png'));
const ORDERS: ClassOrder[] = ['celebamask', 'bisenet'];
const TO_BISENET = Uint8Array.from(FROM_BISENET.keys(), (index) => FROM_BISENET.indexOf(index));

/** A mask's class numbers as a program of that order writes them. */
function numbersIn(order: ClassOrder, { data, size }: ClassMask): ClassMask {
  return { data: order === 'bisenet' ? data.map((value) => TO_BISENET[value]!) : data, size };
}

/** What is left of a mask when only a part of its area, in shares of the side, is kept. */
function part({ data, size }: ClassMask, [left, top, right, bottom]: readonly number[]): ClassMask {
  const isIn = (x: number, y: number) => x >= left! && x < right! && y >= top! && y < bottom!;
  return { data: data.map((value, i) => (isIn((i % size) / size, Math.floor(i / size) / size) ? value : 0)), size };
}

/** Vitest compares such arrays number by number, which takes a second each. */
function expectSame(one: Uint8Array, other: Uint8Array): void {
  expect(Buffer.compare(one, other)).toBe(0);
}

function greyPng({ data, size }: ClassMask): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ data, width: size, height: size, channels: 1 }));
}

test('the BiSeNet order holds every class once', () => {
  expect(FROM_BISENET.toSorted()).toEqual(Uint8Array.from({ length: CLASS_COUNT }, (_, i) => i));
  // As its parsers number them: skin, brows, eyes first; hair and hat last.
  expect([...FROM_BISENET]).toEqual([0, 1, 6, 7, 4, 5, 3, 8, 9, 15, 2, 10, 11, 12, 17, 16, 18, 13, 14]);
});

describe.each(SAMPLES)('the order of %s is found', (name) => {
  let sample: ClassMask;
  beforeAll(async () => {
    sample = await decodeMaskPng(new Uint8Array(readFileSync(new URL(name, FOLDER))));
  });

  test.each(ORDERS)('in %s order, and the mask comes back to the byte', async (order) => {
    const read = await decodeMaskPng(greyPng(numbersIn(order, sample)));
    expect(read.order).toBe(order);
    expectSame(read.data, sample.data);
  });

  test.each([
    ['upper half', [0, 0, 1, 0.5]],
    ['lower half', [0, 0.5, 1, 1]],
    ['left half', [0, 0, 0.5, 1]],
    ['right half', [0.5, 0, 1, 1]],
    ['middle', [0.2, 0.2, 0.8, 0.8]],
  ])('when only the %s is there', (_name, area) => {
    for (const order of ORDERS) expect(detectOrder(part(numbersIn(order, sample), area))).toBe(order);
  });

  test('when the face is small and off the centre', () => {
    const { size } = sample;
    const wide = new Uint8Array((size * 2) ** 2);
    for (const order of ORDERS) {
      const { data } = numbersIn(order, sample);
      for (let y = 0; y < size; y++) wide.set(data.subarray(y * size, (y + 1) * size), (y + 90) * size * 2 + 400);
      expect(detectOrder({ data: wide, size: size * 2 })).toBe(order);
    }
  });
});

test('the order asked for is taken, whatever the mask looks like', async () => {
  const sample = await decodeMaskPng(new Uint8Array(readFileSync(new URL(SAMPLES[0]!, FOLDER))));
  const bytes = greyPng(sample);
  const asIs = await decodeMaskPng(bytes, { order: 'celebamask' });
  const renamed = await decodeMaskPng(bytes, { order: 'bisenet' });
  expect([asIs.order, renamed.order]).toEqual(['celebamask', 'bisenet']);
  expectSame(asIs.data, sample.data);
  expectSame(numbersIn('bisenet', renamed).data, sample.data);
});

describe('numbers that are no face stay as they are', () => {
  test.each([
    ['nothing at all', () => 0],
    ['classes that both orders number alike', (x: number, y: number) => (y < 8 ? 1 : 4 + (x % 2))],
    ['one class everywhere', () => 13],
    ['stripes', (x: number) => x % CLASS_COUNT],
    ['noise', (x: number, y: number) => ((x * 7919 + y * 104_729) % 1013) % CLASS_COUNT],
  ])('%s', (_name, valueAt) => {
    const size = 32;
    const data = Uint8Array.from({ length: size ** 2 }, (_, i) => valueAt(i % size, Math.floor(i / size)));
    expect(detectOrder({ data, size })).toBe('celebamask');
  });
});
