import { u16 } from './bytes';
import { PhotoError } from './photoError';
import type { PhotoSize } from './photoFacts';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Start-of-frame markers, which hold the size; the gaps are tables (DHT, JPG, DAC). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a body: restarts, and padding. */
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01 || marker === 0xff;

/** Walks marker by marker to the very end, because the thumbnail inside has an end of its own. */
export function readJpeg(bytes: Uint8Array): PhotoSize {
  let size: PhotoSize | null = null;
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1]!;
    if (marker === END_OF_IMAGE) {
      if (size) return size;
      break;
    }
    if (isBare(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (isFrame(marker)) size = { width: u16(bytes, at + 7), height: u16(bytes, at + 5) };
    at += 2 + u16(bytes, at + 2);
    if (marker === START_OF_SCAN) at = endOfScan(bytes, at);
  }
  throw new PhotoError('damaged');
}

/** The next real marker: in coded data an 0xff is followed by 0 (a stuffed byte) or by a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && !isBare(next)) return at;
  }
  return bytes.length;
}
