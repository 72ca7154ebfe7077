import { decode, encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLASS_COUNT, FACE_CLASSES, parseColour } from './classes';
import type { ClassMask } from './classMask';
import { decodeMaskPng, encodeMaskPng, MaskFileError } from './png';

const SIZE = 11;
const PALETTE = FACE_CLASSES.map((row) => parseColour(row.fileColour));
/** Every class, in no regular order. */
const MASK: ClassMask = { data: Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (i * 7) % CLASS_COUNT), size: SIZE };

function png(image: Omit<Parameters<typeof encode>[0], 'width' | 'height'>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width: SIZE, height: SIZE, ...image }));
}

function inColours(channels: 3 | 4, change: (colour: number[]) => number[] = (colour) => colour): Uint8Array {
  return Uint8Array.from([...MASK.data].flatMap((value) => [...change([...PALETTE[value]!]), 255].slice(0, channels)));
}

async function problemOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    await decodeMaskPng(bytes);
  } catch (error) {
    if (error instanceof MaskFileError) return error.problem;
    throw error;
  }
  return 'none';
}

test('what is exported comes back to the byte', async () => {
  const mask = fc
    .array(fc.integer({ min: 0, max: CLASS_COUNT - 1 }), { minLength: 64, maxLength: 64 })
    .map((values) => ({ data: Uint8Array.from(values), size: 8 }));
  await fc.assert(
    fc.asyncProperty(mask, async (before) => {
      expect(await decodeMaskPng(await encodeMaskPng(before))).toEqual({ ...before, inexact: 0 });
    }),
    { numRuns: 30 },
  );
});

test('the export is an indexed PNG with the published palette', async () => {
  const { palette, data, channels, depth } = decode(await encodeMaskPng(MASK));
  expect(palette).toEqual(PALETTE);
  expect([channels, depth]).toEqual([1, 8]);
  expect(new Uint8Array(data)).toEqual(MASK.data);
});

describe('reads', () => {
  test('an indexed file whose editor has reordered the palette', async () => {
    const reversed = PALETTE.toReversed();
    const data = MASK.data.map((value) => CLASS_COUNT - 1 - value);
    expect(await decodeMaskPng(png({ data, channels: 1, palette: reversed }))).toEqual({ ...MASK, inexact: 0 });
  });

  test('an indexed file with a palette of its own, by its indices', async () => {
    const palette = PALETTE.map((_, i) => [i * 3, i * 5, 200]);
    expect(await decodeMaskPng(png({ data: MASK.data, channels: 1, palette }))).toEqual({ ...MASK, inexact: 0 });
  });

  test('an indexed file of four bits a pixel', async () => {
    const size = 3;
    const rows = [
      [0x12, 0x30],
      [0x45, 0x60],
      [0x78, 0x90],
    ];
    const bytes = encode({
      width: size,
      height: size,
      depth: 4,
      channels: 1,
      data: Uint8Array.from(rows.flat()),
      palette: PALETTE.slice(0, 16),
    });
    const { data } = await decodeMaskPng(new Uint8Array(bytes));
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('grey values that are class indices, alone, with alpha, and as colours', async () => {
    const withAlpha = Uint8Array.from([...MASK.data].flatMap((value) => [value, 255]));
    const asColours = Uint8Array.from([...MASK.data].flatMap((value) => [value, value, value]));
    expect((await decodeMaskPng(png({ data: MASK.data, channels: 1 }))).data).toEqual(MASK.data);
    expect((await decodeMaskPng(png({ data: withAlpha, channels: 2 }))).data).toEqual(MASK.data);
    expect((await decodeMaskPng(png({ data: asColours, channels: 3 }))).data).toEqual(MASK.data);
  });

  test('CelebAMask colours, exact and slightly off, with a report', async () => {
    expect(await decodeMaskPng(png({ data: inColours(3), channels: 3 }))).toEqual({ ...MASK, inexact: 0 });
    const off = inColours(4);
    // Two pixels with blurred colours.
    for (const i of [0, 4]) off[i * 4 + 1] = off[i * 4 + 1]! > 100 ? off[i * 4 + 1]! - 9 : off[i * 4 + 1]! + 9;
    const { data, inexact } = await decodeMaskPng(png({ data: off, channels: 4 }));
    expect(data).toEqual(MASK.data);
    expect(inexact).toBeCloseTo(2 / (SIZE * SIZE));
  });

  test('see-through pixels as background', async () => {
    const data = inColours(4);
    data[7 * 4 + 3] = 10;
    expect((await decodeMaskPng(png({ data, channels: 4 }))).data[7]).toBe(0);
  });
});

describe('refuses', () => {
  test('what is no PNG, and what is cut off', async () => {
    const whole = await encodeMaskPng(MASK);
    expect(await problemOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]))).toBe('not-png');
    expect(await problemOf(new Uint8Array(0))).toBe('not-png');
    for (const length of [8, 20, 40, Math.floor(whole.length / 2), whole.length - 8]) {
      expect(await problemOf(whole.slice(0, length))).toBe('damaged');
    }
  });

  test('a flipped byte', async () => {
    const bytes = await encodeMaskPng(MASK);
    bytes[bytes.length - 20]! ^= 0xff;
    expect(await problemOf(bytes)).toBe('damaged');
  });

  test('a size beyond reason before unpacking it, and an oblong', async () => {
    const bytes = await encodeMaskPng(MASK);
    const view = new DataView(bytes.buffer);
    view.setUint32(16, 60_000);
    expect(await problemOf(bytes)).toBe('too-large');
    view.setUint32(16, SIZE + 1);
    expect(await problemOf(bytes)).toBe('not-square');
  });

  test('grey values beyond the classes, and a photo', async () => {
    expect(await problemOf(png({ data: MASK.data.map((value) => value * 13), channels: 1 }))).toBe('grey-values');
    const photo = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => (i * 97) % 251);
    expect(await problemOf(png({ data: photo, channels: 3 }))).toBe('picture');
  });
});
