import { readFileSync } from 'node:fs';
import { decode, encode } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import { FACE_CLASSES, MIRROR_PARTNER, parseColour } from './classes';
import type { ClassMask } from './classMask';
import { decodeMaskPng, encodeMaskPng } from './png';

const SAMPLE = new URL('../../public/samples/curls.png', import.meta.url);
const PUBLISHED = FACE_CLASSES.map((row) => parseColour(row.fileColour));
/** MaskGAN's demo, class by class, and its brush, which swaps 4 with 5 and 8 with 9. */
const DEMO = PUBLISHED.map((colour, i) => (i === 7 ? [51, 255, 255] : colour));
const BRUSH = DEMO.map((colour, i) => DEMO[{ 4: 5, 5: 4, 8: 9, 9: 8 }[i] ?? i] ?? colour);

let sample: ClassMask;
let withoutRightBrow: ClassMask;
beforeAll(async () => {
  sample = await decodeMaskPng(new Uint8Array(readFileSync(SAMPLE)));
  // Ears are on few samples; here they stand beside the face.
  const { size } = sample;
  for (let y = 240; y < 290; y++)
    sample.data.fill(9, y * size + 90, y * size + 110).fill(8, y * size + 400, y * size + 420);
  withoutRightBrow = { data: sample.data.map((value) => (value === 7 ? 1 : value)), size };
});

/** Vitest compares such arrays number by number, which takes a second each. */
function expectSame(one: Uint8Array, other: Uint8Array): void {
  expect(Buffer.compare(one, other)).toBe(0);
}

function painted(
  { data, size }: ClassMask,
  palette: readonly (readonly number[])[],
  noise = 0,
): Uint8Array<ArrayBuffer> {
  let state = 1;
  const wobble = () => ((state = (state * 16_807) % 2_147_483_647) % (2 * noise + 1)) - noise;
  const pixels = Uint8ClampedArray.from([...data].flatMap((value) => palette[value]!.map((step) => step + wobble())));
  return new Uint8Array(encode({ data: pixels, width: size, height: size, channels: 3 }));
}

describe('one palette is taken for a file', () => {
  test.each([
    ['the published one', PUBLISHED, 'celebamask'],
    ['that of MaskGAN’s demo', DEMO, 'maskgan'],
    ['that of its brush, where left and right differ', BRUSH, 'maskgan-brush'],
  ])('%s', async (_name, palette, name) => {
    const read = await decodeMaskPng(painted(sample, palette));
    expect(read).toMatchObject({ palette: name, inexact: 0, order: null });
    expectSame(read.data, sample.data);
  });

  test.each([
    ['the published one', PUBLISHED, 'celebamask'],
    ['that of MaskGAN’s demo', DEMO, 'maskgan'],
  ])('%s, after lossy compression', async (_name, palette, name) => {
    const read = await decodeMaskPng(painted(sample, palette, 8));
    expect(read.palette).toBe(name);
    expectSame(read.data, sample.data);
    expect(read.inexact).toBeGreaterThan(0.9);
  });

  test('in an indexed file too', async () => {
    const { data, size } = sample;
    const bytes = encode({ data, width: size, height: size, channels: 1, palette: DEMO.map((colour) => [...colour]) });
    const read = await decodeMaskPng(new Uint8Array(bytes));
    expect(read).toMatchObject({ palette: 'maskgan', inexact: 0 });
    expectSame(read.data, data);
  });

  test('the published one where nothing tells them apart, even for a face with its sides swapped', async () => {
    const data = withoutRightBrow.data.map((value) => MIRROR_PARTNER[value]!).map((value) => (value === 7 ? 1 : value));
    const read = await decodeMaskPng(painted({ data, size: sample.size }, PUBLISHED));
    expect(read.palette).toBe('celebamask');
    expectSame(read.data, data);
  });
});

test('blurred edges take the nearest class and are counted', async () => {
  const { size } = sample;
  const { data } = decode(painted(sample, PUBLISHED));
  const blurred = Uint8Array.from(data, (value, i) => (i >= 3 ? Math.round((value + data[i - 3]!) / 2) : value));
  const bytes = encode({ data: blurred, width: size, height: size, channels: 3 });
  const read = await decodeMaskPng(new Uint8Array(bytes));
  const changed = read.data.filter((value, i) => value !== sample.data[i]).length;
  expect(read.palette).toBe('celebamask');
  expect(read.inexact).toBeGreaterThan(0);
  expect(read.inexact).toBeLessThan(0.05);
  expect(changed / size ** 2).toBeLessThanOrEqual(read.inexact);
});

describe('a picture is refused', () => {
  const SIZE = 64;
  const picture = (colourAt: (x: number, y: number) => number[]) => {
    const pixels = Array.from({ length: SIZE ** 2 }, (_, i) => colourAt(i % SIZE, Math.floor(i / SIZE)));
    return new Uint8Array(
      encode({ data: Uint8Array.from(pixels.flat()), width: SIZE, height: SIZE, channels: pixels[0]!.length }),
    );
  };

  test.each([
    ['a sunset', (x: number, y: number) => [255 - y * 2, 120 + x, 90 + y]],
    [
      'a face in the dark',
      (x: number, y: number) => (Math.hypot(x - 32, y - 32) < 16 ? [180 - x, 140, 120] : [3, 4, 2]),
    ],
    ['a grey photo', (x: number, y: number) => [x + y * 2]],
    ['a grey photo in colours', (x: number, y: number) => [x + y * 2, x + y * 2, x + y * 2]],
  ])('%s', async (_name, colourAt) => {
    await expect(decodeMaskPng(picture(colourAt))).rejects.toMatchObject({ problem: 'picture' });
  });

  test('and so is a screenshot of this page', async () => {
    const bytes = readFileSync(new URL('../../public/screenshot.png', import.meta.url));
    await expect(decodeMaskPng(new Uint8Array(bytes))).rejects.toMatchObject({ problem: 'picture' });
  });

  test('a black one is an empty mask', async () => {
    expect((await decodeMaskPng(picture(() => [0, 0, 0]))).data.every((value) => value === 0)).toBe(true);
  });
});

test('the exported palette is the published one', async () => {
  const { palette } = decode(await encodeMaskPng(withoutRightBrow));
  expect(palette).toEqual(PUBLISHED);
});
