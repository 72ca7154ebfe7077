import type { DecodedPng } from 'fast-png';
import { requirePng } from './fileFormat';
import { bitsAt, readLowBitInterlaced } from './interlaced';
import { MaskFileError } from './maskFileError';

/** A PNG's pixels, whatever its depth, with one number a sample. */
export interface PngSamples {
  readonly width: number;
  readonly height: number;
  /** Samples a pixel: grey or palette index, grey and alpha, RGB, or RGBA. */
  readonly channels: number;
  /** Row by row, `width · height · channels` values 0–255. */
  readonly values: Uint8Array<ArrayBuffer>;
  /** [r, g, b] or [r, g, b, alpha] for every palette index, or `null` where samples are colours themselves. */
  readonly palette: readonly number[][] | null;
  /** What programs noted in the file, by keyword. */
  readonly text: Readonly<Record<string, string>>;
}

/** Largest side in pixels: four times the largest face data set's, and its bytes still fit a phone. */
const MAX_SIDE = 4096;
/** Byte offsets in the header chunk, which is always the first. */
const WIDTH_OFFSET = 16;
const HEIGHT_OFFSET = 20;
const DEPTH_OFFSET = 24;
const INTERLACE_OFFSET = 28;
const HEADER_END = 33;

/** @throws MaskFileError when the bytes are no PNG, are damaged, or hold more than `MAX_SIDE` pixels a side */
export async function readPngSamples(bytes: Uint8Array<ArrayBuffer>): Promise<PngSamples> {
  requirePng(bytes);
  const { width, height } = readSize(bytes);
  const depth = bytes[DEPTH_OFFSET]!;
  try {
    if (bytes[INTERLACE_OFFSET] === 1 && depth < 8) {
      const image = await readLowBitInterlaced(bytes, { width, height, depth });
      return { width, height, channels: 1, text: {}, ...image };
    }
    const { decode } = await import('fast-png');
    const png = decode(bytes, { checkCrc: true });
    const { channels, text, palette = null } = png;
    return { width, height, channels, text, palette, values: valuesOf(png) };
  } catch (cause) {
    throw new MaskFileError('damaged', '', { cause });
  }
}

/** Before anything is unpacked: the header alone could ask for more memory than there is. */
function readSize(bytes: Uint8Array<ArrayBuffer>): { width: number; height: number } {
  if (bytes.length < HEADER_END) throw new MaskFileError('damaged');
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const width = view.getUint32(WIDTH_OFFSET);
  const height = view.getUint32(HEIGHT_OFFSET);
  if (Math.min(width, height) === 0) throw new MaskFileError('damaged');
  if (Math.max(width, height) > MAX_SIDE) throw new MaskFileError('too-large', `${width} × ${height} pixels`);
  return { width, height };
}

function valuesOf({ data, depth, width, height }: DecodedPng): Uint8Array<ArrayBuffer> {
  if (data instanceof Uint16Array) return narrow(data);
  if (depth === 8) return new Uint8Array(data);
  // Rows start on whole bytes.
  const rowValues = Math.ceil((width * depth) / 8) * (8 / depth);
  const values = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) values[i] = bitsAt(data, y * rowValues + x, depth);
  }
  return values;
}

/** 16 bits to 8: small numbers are class indices that were stored wide, larger ones are colours, whose low byte is dropped. */
function narrow(data: Uint16Array): Uint8Array<ArrayBuffer> {
  const shift = data.every((value) => value <= 255) ? 0 : 8;
  const values = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) values[i] = data[i]! >> shift;
  return values;
}
