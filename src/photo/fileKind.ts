/**
 * What a file is, read from its first bytes and its structure before any decoder sees it: decoders fail without a reason, take
 * hundreds of megabytes for a huge picture, and quietly show a grey half of a file that was cut off.
 */
import { ascii, u16le, u32, u32le } from './bytes';
import { readIsoMedia, readWebp } from './containers';
import { readJpeg } from './jpegFile';
import { PhotoError } from './photoError';
import type { PhotoFacts, PhotoSize } from './photoFacts';

/** More than a camera of 2026 usually gives, and about what a phone's browser can still hold. */
const MOST_PIXELS = 64e6;
/** Pixels of the shorter side: less cannot show a face. */
const LEAST_SIDE = 64;

const FOREIGN: readonly [opening: string, name: string][] = [
  ['II*\0', 'TIFF'],
  ['MM\0*', 'TIFF'],
  ['8BPS', 'Photoshop'],
  ['%PDF', 'PDF'],
  ['<svg', 'SVG'],
];

/** @throws PhotoError when the file is no still picture of a size that can be edited, or is cut off */
export function inspectPhoto(bytes: Uint8Array): PhotoFacts {
  if (bytes.length === 0) throw new PhotoError('empty');
  const facts = readFacts(bytes);
  if (facts.size) requireSize(facts.size.width, facts.size.height);
  return facts;
}

/** @throws PhotoError `too-large` or `too-small` */
export function requireSize(width: number, height: number): void {
  const detail = `${width} × ${height} pixels`;
  if (width * height > MOST_PIXELS) throw new PhotoError('too-large', detail);
  if (Math.min(width, height) < LEAST_SIDE) throw new PhotoError('too-small', detail);
}

function readFacts(bytes: Uint8Array): PhotoFacts {
  const head = ascii(bytes, 0, 12);
  if (head.startsWith('\u00ff\u00d8\u00ff')) return { kind: 'jpeg', size: readJpeg(bytes) };
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return { kind: 'png', size: readPng(bytes) };
  if (head.startsWith('GIF8')) return { kind: 'gif', size: readGif(bytes) };
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return { kind: 'webp', size: readWebp(bytes) };
  if (head.slice(4, 8) === 'ftyp') return readIsoMedia(bytes);
  if (head.startsWith('BM'))
    return { kind: 'bmp', size: { width: u32le(bytes, 18), height: Math.abs(u32le(bytes, 22) | 0) } };
  const known = FOREIGN.find(([opening]) => head.startsWith(opening));
  throw known ? new PhotoError('format', known[1]) : new PhotoError('not-a-picture');
}

/** Walks the chunks: IHDR first, `acTL` before the picture means frames, IEND last. */
function readPng(bytes: Uint8Array): PhotoSize {
  const SIGNATURE = 8;
  const AROUND = 12; // length, name and checksum of a chunk
  if (bytes.length < SIGNATURE + AROUND + 13) throw new PhotoError('damaged');
  const size = { width: u32(bytes, 16), height: u32(bytes, 20) };
  for (let at = SIGNATURE; ;) {
    if (at + AROUND > bytes.length) throw new PhotoError('damaged');
    const name = ascii(bytes, at + 4, 4);
    if (name === 'acTL') throw new PhotoError('animated', 'PNG');
    at += AROUND + u32(bytes, at);
    if (at > bytes.length) throw new PhotoError('damaged');
    if (name === 'IEND') return size;
  }
}

/** Walks the blocks and counts pictures: one is a still. */
function readGif(bytes: Uint8Array): PhotoSize {
  const size = { width: u16le(bytes, 6), height: u16le(bytes, 8) };
  const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + tableBytes(bytes[10] ?? 0);
  let pictures = 0;
  const skipBlocks = () => {
    while ((bytes[at] ?? 0) > 0) at += bytes[at]! + 1;
    at++;
  };
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === 0x3b) return size;
    if (block === 0x2c) {
      if (++pictures > 1) throw new PhotoError('animated', 'GIF');
      at += 10 + tableBytes(bytes[at + 9] ?? 0) + 1;
    } else if (block === 0x21) at += 2;
    else break;
    skipBlocks();
  }
  throw new PhotoError('damaged');
}
