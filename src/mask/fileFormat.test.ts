import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { decodeMaskPng, encodeMaskPng } from './png';

const MASK = { data: Uint8Array.from({ length: 121 }, (_, i) => i % 19), size: 11 };

/** A file that opens with these latin-1 characters and goes on in bytes that mean nothing. */
function opening(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...Buffer.from(text, 'latin1'), ...Array.from({ length: 200 }, (_, i) => (i * 37) % 256)]);
}

describe('what is no PNG is named', () => {
  test.each([
    ['JPEG', '\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF', 'photo'],
    ['JPEG', '\u00ff\u00d8\u00ff\u00e1\0\u0018Exif', 'photo'],
    ['WebP', 'RIFF\u0010\u0020\0\0WEBPVP8 ', 'photo'],
    ['AVIF', '\0\0\0\u0020ftypavif\0\0\0\0', 'photo'],
    ['HEIC', '\0\0\0\u0018ftypheic\0\0\0\0', 'format'],
    ['HEIC', '\0\0\0\u0018ftypmif1\0\0\0\0', 'format'],
    ['video', '\0\0\0\u0018ftypmp42\0\0\0\0', 'format'],
    ['GIF', 'GIF89a', 'format'],
    ['BMP', 'BM', 'format'],
    ['TIFF', 'II*\0', 'format'],
    ['ZIP', 'PK\u0003\u0004', 'format'],
  ])('%s', async (detail, text, problem) => {
    await expect(decodeMaskPng(opening(text))).rejects.toMatchObject({ problem, detail });
  });

  test.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['a text', new TextEncoder().encode('Größe: 512\r\n\tface'), 'text'],
    ['bytes of no known kind', opening('\0\u0001\u0002'), 'unknown'],
    ['sound in the same wrapping as WebP', opening('RIFF\u0010\u0020\0\0WAVEfmt '), 'unknown'],
    ['the first bytes of a PNG', Uint8Array.of(0x89, 0x50, 0x4e), 'damaged'],
  ])('%s', async (_name, bytes, problem) => {
    await expect(decodeMaskPng(new Uint8Array(bytes))).rejects.toMatchObject({ problem });
  });
});

describe('a PNG is refused', () => {
  test('when it is cut off anywhere', async () => {
    const whole = await encodeMaskPng(MASK);
    for (let length = 1; length < whole.length; length += 3) {
      await expect(decodeMaskPng(whole.slice(0, length))).rejects.toMatchObject({ problem: 'damaged' });
    }
  });

  test('when a byte is flipped', async () => {
    const bytes = await encodeMaskPng(MASK);
    bytes[bytes.length - 20]! ^= 0xff;
    await expect(decodeMaskPng(bytes)).rejects.toMatchObject({ problem: 'damaged' });
  });

  test.each([
    [60_000, 11, 'too-large', '60000 × 11 pixels'],
    [4097, 4097, 'too-large', '4097 × 4097 pixels'],
    [0, 11, 'damaged', ''],
  ])('when its header asks for %i × %i, before unpacking it', async (width, height, problem, detail) => {
    const bytes = await encodeMaskPng(MASK);
    const view = new DataView(bytes.buffer);
    view.setUint32(16, width);
    view.setUint32(20, height);
    await expect(decodeMaskPng(bytes)).rejects.toMatchObject({ problem, detail });
  });

  test('when its few grey values go beyond the classes', async () => {
    const data = MASK.data.map((value) => value * 13);
    const bytes = new Uint8Array(encode({ data, width: 11, height: 11, channels: 1 }));
    await expect(decodeMaskPng(bytes)).rejects.toMatchObject({ problem: 'grey-values', detail: '234' });
  });
});
