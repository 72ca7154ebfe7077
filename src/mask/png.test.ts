import { decode, encode } from 'fast-png';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLASS_COUNT, FACE_CLASSES, parseColour } from './classes';
import type { ClassMask } from './classMask';
import { decodeMaskPng, encodeIndexPng, encodeMaskPng } from './png';

const SIZE = 11;
const PALETTE = FACE_CLASSES.map((row) => parseColour(row.fileColour));
/** Every class, in no regular order. */
const MASK: ClassMask = { data: Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (i * 7) % CLASS_COUNT), size: SIZE };
const FILE_SIZE = { width: SIZE, height: SIZE };
const NUMBERED = { ...MASK, inexact: 0, order: 'celebamask', palette: null, fileSize: FILE_SIZE };
const COLOURED = { ...NUMBERED, order: null, palette: 'celebamask' };

function png(image: Partial<Parameters<typeof encode>[0]>, options?: Parameters<typeof encode>[1]) {
  return new Uint8Array(encode({ width: SIZE, height: SIZE, data: MASK.data, channels: 1, ...image }, options));
}

function inColours({ data }: ClassMask, channels: 3 | 4): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...data].flatMap((value) => [...PALETTE[value]!, 255].slice(0, channels)));
}

describe('what is exported comes back to the byte', () => {
  const masks = fc.integer({ min: 1, max: 9 }).chain((size) =>
    fc
      // Few classes as well as many, so that no class is in all of the masks.
      .subarray([...PALETTE.keys()], { minLength: 1 })
      .chain((classes) => fc.array(fc.constantFrom(...classes), { minLength: size ** 2, maxLength: size ** 2 }))
      .map((values) => ({ data: Uint8Array.from(values), size })),
  );

  /** How each way out encodes a mask; a clipboard makes its own PNG of the pixels. */
  const ways: Record<string, (mask: ClassMask) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>> = {
    'as a mask file': encodeMaskPng,
    'as class numbers': encodeIndexPng,
    'by the clipboard': (mask) =>
      png({ width: mask.size, height: mask.size, data: inColours(mask, 4), channels: 4 }, { interlace: 'Adam7' }),
  };

  test.each(Object.entries(ways))('%s', async (_name, encodeMask) => {
    await fc.assert(
      fc.asyncProperty(masks, async (before) => {
        const { data, size, inexact } = await decodeMaskPng(await encodeMask(before));
        expect({ data, size, inexact }).toEqual({ ...before, inexact: 0 });
      }),
      { numRuns: 100 },
    );
  });
});

describe('writes', () => {
  test('an indexed PNG with the published palette', async () => {
    const { palette, data, channels, depth } = decode(await encodeMaskPng(MASK));
    expect(palette).toEqual(PALETTE);
    expect([channels, depth]).toEqual([1, 8]);
    expect(new Uint8Array(data)).toEqual(MASK.data);
  });

  test('a grey PNG whose values are the class numbers', async () => {
    const { palette, data, channels, depth } = decode(await encodeIndexPng(MASK));
    expect(palette).toBeUndefined();
    expect([channels, depth]).toEqual([1, 8]);
    expect(new Uint8Array(data)).toEqual(MASK.data);
  });
});

describe('reads', () => {
  test('an indexed file whose editor has reordered the palette', async () => {
    const data = MASK.data.map((value) => CLASS_COUNT - 1 - value);
    expect(await decodeMaskPng(png({ data, palette: PALETTE.toReversed() }))).toEqual(COLOURED);
  });

  test('a reordered palette whose colours an editor has moved a little, with a report', async () => {
    const data = MASK.data.map((value) => CLASS_COUNT - 1 - value);
    const palette = PALETTE.toReversed().map(([r, g, b]) => [r === 204 ? 200 : r, g, b]);
    const { data: read, inexact } = await decodeMaskPng(png({ data, palette }));
    expect(read).toEqual(MASK.data);
    const moved = MASK.data.filter((value) => PALETTE[value]![0] === 204).length;
    expect(inexact).toBeCloseTo(moved / SIZE ** 2);
  });

  test.each([
    ['colours of its own', PALETTE.map((_, i) => [i * 3, 128, 128])],
    ['a grey ramp', PALETTE.map((_, i) => [i, i, i])],
  ])('an indexed file with %s by its numbers', async (_name, palette) => {
    expect(await decodeMaskPng(png({ palette }))).toEqual(NUMBERED);
    // One class alone, next to black in the ramp, must not turn into background.
    const skin = await decodeMaskPng(png({ data: MASK.data.map(() => 1), palette }));
    expect(skin.data.every((value) => value === 1)).toBe(true);
  });

  test('an indexed file of more colours than classes by the nearest', async () => {
    const palette = [...PALETTE, [210, 5, 5]];
    const data = MASK.data.map((value, i) => (i === 3 ? CLASS_COUNT : value));
    const { data: read, inexact } = await decodeMaskPng(png({ data, palette }));
    expect(read[3]).toBe(1);
    expect(inexact).toBeCloseTo(1 / SIZE ** 2);
  });

  test('grey values that are class numbers: alone, wide, with alpha, and as colours', async () => {
    const withAlpha = Uint8Array.from([...MASK.data].flatMap((value) => [value, 255]));
    const asColours = Uint8Array.from([...MASK.data].flatMap((value) => [value, value, value]));
    expect(await decodeMaskPng(png({}))).toEqual(NUMBERED);
    expect(await decodeMaskPng(png({ data: Uint16Array.from(MASK.data), depth: 16 }))).toEqual(NUMBERED);
    expect(await decodeMaskPng(png({ data: withAlpha, channels: 2 }))).toEqual(NUMBERED);
    expect(await decodeMaskPng(png({ data: asColours, channels: 3 }))).toEqual(NUMBERED);
  });

  test('class numbers that a program has stretched from 8 to 16 bits', async () => {
    const data = Uint16Array.from(MASK.data, (value) => value * 257);
    expect(await decodeMaskPng(png({ data, depth: 16 }))).toEqual(NUMBERED);
  });

  test('CelebAMask colours, in 8 and 16 bits', async () => {
    const data = inColours(MASK, 3);
    expect(await decodeMaskPng(png({ data, channels: 3 }))).toEqual(COLOURED);
    const wide = Uint16Array.from(data, (value) => value * 257);
    expect(await decodeMaskPng(png({ data: wide, channels: 3, depth: 16 }))).toEqual(COLOURED);
  });

  test('colours slightly off, with a report', async () => {
    const off = inColours(MASK, 4);
    for (const i of [0, 4]) off[i * 4 + 1] = off[i * 4 + 1]! > 100 ? off[i * 4 + 1]! - 9 : off[i * 4 + 1]! + 9;
    const { data, inexact } = await decodeMaskPng(png({ data: off, channels: 4 }));
    expect(data).toEqual(MASK.data);
    expect(inexact).toBeCloseTo(2 / SIZE ** 2);
  });

  test('see-through pixels as background, whatever lies below', async () => {
    const data = inColours(MASK, 4);
    data[7 * 4 + 3] = 10;
    expect((await decodeMaskPng(png({ data, channels: 4 }))).data[7]).toBe(0);
    const grey = Uint8Array.from([...MASK.data].flatMap((value, i) => (i === 7 ? [200, 0] : [value, 255])));
    expect((await decodeMaskPng(png({ data: grey, channels: 2 }))).data[7]).toBe(0);
    const palette = PALETTE.map((colour, i) => [...colour, i === 0 ? 0 : 255]);
    expect((await decodeMaskPng(png({ palette }))).data).toEqual(MASK.data);
  });
});

describe('a file that is not square', () => {
  test.each([
    ['wide', 5, 2, [0, 1]],
    ['tall', 2, 5, [1, 0]],
    ['one pixel high', 4, 1, [0, 1]],
  ])('%s is centred on a square of background', async (_name, width, height, [left, top]) => {
    const data = new Uint8Array(width * height).fill(13);
    data[0] = 1;
    const mask = await decodeMaskPng(png({ width, height, data }), { order: 'celebamask' });
    expect([mask.size, mask.fileSize]).toEqual([Math.max(width, height), { width, height }]);
    expect(mask.data.filter((value) => value > 0)).toHaveLength(width * height);
    expect(mask.data[top! * mask.size + left!]).toBe(1);
    expect(mask.data[(top! + height - 1) * mask.size + left! + width - 1]).toBe(13);
  });

  test('counts inexact pixels as a share of its own', async () => {
    const data = Uint8Array.from([...PALETTE[1]!, 200, 3, 3]);
    expect((await decodeMaskPng(png({ width: 2, height: 1, data, channels: 3 }))).inexact).toBe(0.5);
  });
});

test('sizes from 1 to 4096 are read', async () => {
  expect(await decodeMaskPng(png({ width: 1, height: 1, data: Uint8Array.of(13) }))).toMatchObject({ size: 1 });
  const data = new Uint8Array(4096).fill(1);
  expect(await decodeMaskPng(png({ width: 1, height: 4096, data }))).toMatchObject({ size: 4096 });
});
