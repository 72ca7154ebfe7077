/** Pictures in container formats: WebP in RIFF; AVIF and HEIC in ISO media files. */
import { ascii, u16le, u24le, u32, u32le } from './bytes';
import { PhotoError } from './photoError';
import type { PhotoFacts, PhotoSize } from './photoFacts';

const CHUNKS_START = 12;
const CHUNK_HEAD = 8;
/** Bit of the flags in `VP8X`. */
const HAS_FRAMES = 0x02;

export function readWebp(bytes: Uint8Array): PhotoSize {
  if (u32le(bytes, 4) + CHUNK_HEAD > bytes.length) throw new PhotoError('damaged');
  const name = ascii(bytes, CHUNKS_START, 4);
  const at = CHUNKS_START + CHUNK_HEAD;
  if (name === 'VP8X') {
    if ((bytes[at] ?? 0) & HAS_FRAMES) throw new PhotoError('animated', 'WebP');
    return { width: u24le(bytes, at + 4) + 1, height: u24le(bytes, at + 7) + 1 };
  }
  if (name === 'VP8L') {
    const bits = u32le(bytes, at + 1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  // The frame's head: three bytes of tag, three of start code, then two sizes of 14 bits.
  if (name === 'VP8 ') return { width: u16le(bytes, at + 6) & 0x3fff, height: u16le(bytes, at + 8) & 0x3fff };
  throw new PhotoError('damaged');
}

const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);

/** AVIF and HEIC share a container with videos; the brands tell them apart. */
export function readIsoMedia(bytes: Uint8Array): PhotoFacts {
  const brands = Array.from({ length: Math.min(16, u32(bytes, 0) / 4 - 2) }, (_, i) => ascii(bytes, 8 + 4 * i, 4));
  if (brands[0] === 'avis') throw new PhotoError('animated', 'AVIF');
  const isAvif = brands.includes('avif');
  if (!isAvif && !brands.some((brand) => HEIC_BRANDS.has(brand))) throw new PhotoError('format', 'video');
  requireBoxes(bytes);
  return { kind: isAvif ? 'avif' : 'heic', size: largestExtent(bytes) };
}

/** Every box must end within the file; the last may say 0 for “to the end”. */
function requireBoxes(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const length = u32(bytes, at);
    // 1 announces a 64-bit length; its lower half is enough for any file that fits a browser.
    const full = length === 1 ? u32(bytes, at + 12) : length;
    if (full === 0) return;
    if (full < CHUNK_HEAD || at + full > bytes.length) throw new PhotoError('damaged');
    at += full;
  }
}

/** `ispe` boxes hold the sizes of the picture, its tiles and its thumbnail. They stand near the start. */
function largestExtent(bytes: Uint8Array): PhotoSize | null {
  const NEAR = 65_536;
  const text = Array.from(bytes.subarray(0, NEAR), (byte) => String.fromCharCode(byte)).join('');
  let largest: PhotoSize | null = null;
  for (let at = text.indexOf('ispe'); at !== -1; at = text.indexOf('ispe', at + 1)) {
    const size = { width: u32(bytes, at + 8), height: u32(bytes, at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
