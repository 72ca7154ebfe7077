import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { readPngSamples } from './pngSamples';

/** Which pass of an interlaced PNG brings each pixel of an 8 × 8 tile, as the PNG standard draws it. */
const PASS_OF = [
  [1, 6, 4, 6, 2, 6, 4, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [5, 6, 5, 6, 5, 6, 5, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [3, 6, 4, 6, 3, 6, 4, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [5, 6, 5, 6, 5, 6, 5, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
];
const DEPTHS = [1, 2, 4] as const;

interface Picture {
  width: number;
  height: number;
  depth: number;
  values: Uint8Array;
}

function picture(width: number, height: number, depth: number): Picture {
  const values = Uint8Array.from({ length: width * height }, (_, i) => ((i * i * 7 + i) >> 2) % 2 ** depth);
  return { width, height, depth, values };
}

function packBits(values: number[], depth: number): number[] {
  const perByte = 8 / depth;
  return Array.from({ length: Math.ceil(values.length / perByte) }, (_, byte) =>
    values
      .slice(byte * perByte, (byte + 1) * perByte)
      .reduce((sum, value, i) => sum | (value << (8 - depth * (i + 1))), 0),
  );
}

/** Rows of bytes, each behind its filter; the five filters take turns. */
function filterRows(rows: number[][]): number[] {
  return rows.flatMap((row, y) => {
    const filter = y % 5;
    const above = rows[y - 1] ?? row.map(() => 0);
    return [
      filter,
      ...row.map((byte, i) => (byte - predict(filter, row[i - 1] ?? 0, above[i]!, above[i - 1] ?? 0)) & 255),
    ];
  });
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter < 4) return [0, left, up, Math.floor((left + up) / 2)][filter]!;
  const guess = left + up - corner;
  return [left, up, corner].reduce((best, value) => (Math.abs(value - guess) < Math.abs(best - guess) ? value : best));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG, interlaced, grey unless palette chunks are given, made by the letter of the standard. */
function interlacedPng({ width, height, depth, values }: Picture, palette: Buffer[] = []): Uint8Array<ArrayBuffer> {
  const lines = [1, 2, 3, 4, 5, 6, 7].flatMap((pass) => {
    const rows = Array.from({ length: height }, (_, y) =>
      [...values.subarray(y * width, (y + 1) * width)].filter((_, x) => PASS_OF[y % 8]![x % 8] === pass),
    );
    // A pass without pixels in a row has no line for it.
    return filterRows(rows.filter((row) => row.length > 0).map((row) => packBits(row, depth)));
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, palette.length ? 3 : 0, 0, 0, 1], 8);
  const packed = deflateSync(Uint8Array.from(lines));
  const half = packed.length >> 1;
  const parts = [packed.subarray(0, half), packed.subarray(half)].map((part) => chunk('IDAT', part));
  const signature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
  return Uint8Array.from(
    Buffer.concat([signature, chunk('IHDR', header), ...palette, ...parts, chunk('IEND', new Uint8Array(0))]),
  );
}

describe.each(DEPTHS)('%i bits a pixel', (depth) => {
  test('are read row by row', async () => {
    const { width, height, values } = picture(11, 5, depth);
    const rows = Array.from({ length: height }, (_, y) => [...values.subarray(y * width, (y + 1) * width)]);
    const data = Uint8Array.from(rows.flatMap((row) => packBits(row, depth)));
    const bytes = new Uint8Array(encode({ width, height, depth, channels: 1, data }));
    expect((await readPngSamples(bytes)).values).toEqual(values);
  });

  test.each([
    [1, 1],
    [3, 2],
    [5, 9],
    [8, 8],
    [19, 21],
  ])('are read interlaced, %i × %i', async (width, height) => {
    const before = picture(width, height, depth);
    expect(await readPngSamples(interlacedPng(before))).toMatchObject({ width, height, values: before.values });
  });

  test('are read interlaced with a palette, some of it see-through', async () => {
    const before = picture(9, 9, depth);
    const palette = [chunk('PLTE', Uint8Array.of(1, 2, 3, 4, 5, 6)), chunk('tRNS', Uint8Array.of(0))];
    expect(await readPngSamples(interlacedPng(before, palette))).toMatchObject({
      values: before.values,
      palette: [
        [1, 2, 3, 0],
        [4, 5, 6, 255],
      ],
    });
  });

  test('are refused when interlaced and cut off', async () => {
    const bytes = interlacedPng(picture(19, 20, depth));
    for (let length = 40; length < bytes.length; length += 7) {
      await expect(readPngSamples(bytes.slice(0, length))).rejects.toMatchObject({ problem: 'damaged' });
    }
  });

  test('are refused when interlaced pixels are missing', async () => {
    const bytes = interlacedPng(picture(19, 20, depth));
    const header = new DataView(bytes.buffer);
    header.setUint32(20, 40);
    header.setUint32(29, crc32(bytes.subarray(12, 29)));
    await expect(readPngSamples(bytes)).rejects.toMatchObject({ problem: 'damaged' });
  });
});

test.each([8, 16] as const)('%i bits a pixel are read interlaced', async (depth) => {
  const [width, height] = [13, 10];
  const values = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 31) % 256);
  const data = depth === 16 ? Uint16Array.from(values, (value) => value * 257) : values;
  const bytes = encode({ width, height, depth, channels: 3, data }, { interlace: 'Adam7' });
  expect((await readPngSamples(new Uint8Array(bytes))).values).toEqual(values);
});
