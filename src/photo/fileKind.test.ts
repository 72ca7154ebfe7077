import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { inspectPhoto } from './fileKind';
import { PhotoError } from './photoError';

const text = (latin1: string) => Uint8Array.from(latin1, (character) => character.charCodeAt(0));
const join = (...parts: ArrayLike<number>[]) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const u16 = (value: number) => [value >> 8, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];
const le = (value: number, count: number) => Array.from({ length: count }, (_, i) => (value >>> (8 * i)) & 255);

const png = (width: number, height: number) =>
  new Uint8Array(encode({ width, height, channels: 1, data: new Uint8Array(width * height) }));
/** Segments with a thumbnail, which has an end of its own, then a scan with a stuffed byte and a restart. */
const jpeg = (width: number, height: number) =>
  join(
    [0xff, 0xd8, 0xff, 0xe1, ...u16(8), 0xff, 0xd8, 1, 2, 0xff, 0xd9],
    [0xff, 0xc2, ...u16(11), 8, ...u16(height), ...u16(width), 1, 1, 0x11, 0],
    [0xff, 0xda, ...u16(3), 0, 1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff, 0xd9],
  );
const riff = (body: Uint8Array) => join(text('RIFF'), le(body.length + 4, 4), text('WEBP'), body);
const webp = (flags: number) => riff(join(text('VP8X'), le(10, 4), [flags, 0, 0, 0], le(299, 3), le(199, 3)));
const box = (name: string, body: ArrayLike<number>) => join(u32(body.length + 8), text(name), body);
const isoMedia = (brand: string, ...others: string[]) =>
  join(
    box('ftyp', join(text(brand), u32(0), text(others.join('')))),
    box('meta', box('ispe', [...u32(0), ...u32(400), ...u32(300)])),
  );
const picture = [0x2c, 0, 0, 0, 0, ...le(80, 2), ...le(70, 2), 0, 2, 2, 0x44, 1, 0];
const gif = (pictures: number) =>
  join(
    text('GIF89a'),
    le(80, 2),
    le(70, 2),
    [0x80, 0, 0, 0, 0, 0, 0, 0, 0],
    ...Array.from({ length: pictures }, () => picture),
    [0x3b],
  );
const bmp = (width: number, height: number) => join(text('BM'), new Uint8Array(16), le(width, 4), le(height, 4));

const problemOf = (bytes: Uint8Array) => {
  try {
    inspectPhoto(bytes);
    return null;
  } catch (error) {
    return error instanceof PhotoError ? `${error.problem} ${error.detail}`.trim() : error;
  }
};

test.each([
  ['png', png(300, 200), 300, 200],
  ['jpeg', jpeg(300, 200), 300, 200],
  ['webp', webp(0), 300, 200],
  ['webp', riff(join(text('VP8L'), le(5, 4), [0x2f], le(299 | (199 << 14), 4))), 300, 200],
  ['webp', riff(join(text('VP8 '), le(10, 4), [0, 0, 0, 0x9d, 1, 0x2a], le(300, 2), le(200, 2))), 300, 200],
  ['avif', isoMedia('avif', 'mif1'), 400, 300],
  ['avif', isoMedia('mif1', 'avif'), 400, 300],
  ['heic', isoMedia('heic', 'mif1'), 400, 300],
  ['gif', gif(1), 80, 70],
  ['bmp', bmp(300, -200), 300, 200],
])('%s gives its size', (kind, bytes, width, height) => {
  expect(inspectPhoto(bytes)).toEqual({ kind, size: { width, height } });
});

describe('what is no photo is named', () => {
  const animatedPng = () => {
    const still = png(80, 80);
    return join(still.subarray(0, 33), u32(8), text('acTL'), new Uint8Array(12), still.subarray(33));
  };
  test.each([
    [new Uint8Array(0), 'empty'],
    [text('Dear photo,'), 'not-a-picture'],
    [text('%PDF-1.7'), 'format PDF'],
    [text('II*\0abcd'), 'format TIFF'],
    [isoMedia('isom', 'mp42'), 'format video'],
    [gif(2), 'animated GIF'],
    [webp(2), 'animated WebP'],
    [isoMedia('avis', 'avif'), 'animated AVIF'],
    [animatedPng(), 'animated PNG'],
    [jpeg(10_000, 10_000), 'too-large 10000 × 10000 pixels'],
    [png(63, 200), 'too-small 63 × 200 pixels'],
  ])('%#', (bytes, expected) => expect(problemOf(bytes)).toBe(expected));
});

test.each([
  ['png', png(80, 80)],
  ['jpeg', jpeg(80, 80)],
  ['webp', webp(0)],
  ['avif', isoMedia('avif')],
  ['gif', gif(1)],
])('a %s that was cut off is damaged, wherever that was', (_kind, bytes) => {
  const SIGNATURE = 12;
  for (let length = SIGNATURE; length < bytes.length; length++) {
    // A container that ends right after one of its boxes looks whole; the decoder has the last word on it.
    if (problemOf(bytes.subarray(0, length)) !== null) expect(problemOf(bytes.subarray(0, length))).toBe('damaged');
  }
  expect(problemOf(bytes.subarray(0, bytes.length - 1))).toBe('damaged');
});
