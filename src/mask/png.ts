import type { DecodedPng } from 'fast-png';
import { CLASS_COUNT, FACE_CLASSES, parseColour } from './classes';
import type { ClassMask } from './classMask';

export type MaskFileProblem = 'not-png' | 'damaged' | 'too-large' | 'not-square' | 'grey-values' | 'picture';

/** A file that is no mask. `problem` says why; `detail` holds the numbers for the message. */
export class MaskFileError extends Error {
  override readonly name = 'MaskFileError';
  readonly problem: MaskFileProblem;
  readonly detail: string;

  constructor(problem: MaskFileProblem, detail: string = '', options?: ErrorOptions) {
    super(`${problem} ${detail}`.trim(), options);
    this.problem = problem;
    this.detail = detail;
  }
}

export interface ImportedMask extends ClassMask {
  /** Share of pixels, 0–1, whose colour was not exactly in the palette and took the nearest one. */
  readonly inexact: number;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Byte offsets of width and height in the header chunk, which is always the first. */
const WIDTH_OFFSET = 16;
const HEIGHT_OFFSET = 20;
const MAX_SIDE = 4096;
/** Above this share of unknown colours the file is a picture, not a mask with blurred edges. */
const MAX_INEXACT = 0.5;
const OPAQUE_FROM = 128;

const FILE_PALETTE = FACE_CLASSES.map((row) => parseColour(row.fileColour));
const CLASS_BY_COLOUR = new Map(FILE_PALETTE.map(([r, g, b], index) => [packColour(r, g, b), index]));
/** MaskGAN's demo paints the right brow in a colour of its own. */
CLASS_BY_COLOUR.set(packColour(51, 255, 255), 7);

/** An 8-bit indexed PNG: pixel values are class indices, the palette is CelebAMask-HQ's. */
export async function encodeMaskPng(mask: ClassMask): Promise<Uint8Array<ArrayBuffer>> {
  const { encode } = await import('fast-png');
  const { data, size } = mask;
  const image = { data, width: size, height: size, depth: 8, channels: 1, palette: FILE_PALETTE } as const;
  return new Uint8Array(encode(image, { zlib: { level: 9 } }));
}

/**
 * Reads a mask of any size from a PNG: indexed, grey with class indices as values, or in CelebAMask-HQ's colours.
 *
 * @throws MaskFileError when the bytes are none of these
 */
export async function decodeMaskPng(bytes: Uint8Array<ArrayBuffer>): Promise<ImportedMask> {
  if (PNG_SIGNATURE.some((value, i) => bytes[i] !== value)) throw new MaskFileError('not-png');
  checkSize(bytes);
  const { decode } = await import('fast-png');
  let png: DecodedPng;
  try {
    png = decode(bytes, { checkCrc: true });
  } catch (cause) {
    throw new MaskFileError('damaged', '', { cause });
  }
  const samples = unpackSamples(png);
  const size = png.width;
  if (png.palette) return { size, ...fromIndexed(samples, png.palette) };
  if (png.channels <= 2) return { size, ...fromGrey(samples, png.channels) };
  return { size, ...fromColours(samples, png.channels) };
}

function checkSize(bytes: Uint8Array<ArrayBuffer>): void {
  if (bytes.length < HEIGHT_OFFSET + 4) throw new MaskFileError('damaged');
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const width = view.getUint32(WIDTH_OFFSET);
  const height = view.getUint32(HEIGHT_OFFSET);
  if (Math.max(width, height) > MAX_SIDE) throw new MaskFileError('too-large', `${width} × ${height}`);
  if (width !== height) throw new MaskFileError('not-square', `${width} × ${height}`);
}

/** One number a sample: sub-byte depths are spread out (rows start on whole bytes), 16-bit ones kept. */
function unpackSamples(png: DecodedPng): Uint8Array | Uint16Array {
  const { data, depth, width, height } = png;
  if (depth >= 8) return data instanceof Uint16Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length);
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  const out = new Uint8Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const x = i % width;
    const byte = data[((i - x) / width) * rowBytes + Math.floor(x / perByte)]!;
    out[i] = (byte >> (8 - depth * ((x % perByte) + 1))) & ((1 << depth) - 1);
  }
  return out;
}

interface Classes {
  data: Uint8Array<ArrayBuffer>;
  inexact: number;
}

/** By colour when the palette's used colours are all known, in whatever order an editor left them; else the indices as they are. */
function fromIndexed(samples: Uint8Array | Uint16Array, palette: number[][]): Classes {
  const used = [...new Set(samples)];
  const colours = used.map((index) => palette[index] ?? [0, 0, 0]);
  const known = colours.every(([r, g, b]) => CLASS_BY_COLOUR.has(packColour(r!, g!, b!)));
  if (!known && used.every((index) => index < CLASS_COUNT)) return { data: Uint8Array.from(samples), inexact: 0 };
  return fromColours(
    Uint8Array.from({ length: samples.length * 3 }, (_, i) => palette[samples[Math.floor(i / 3)]!]?.[i % 3] ?? 0),
    3,
  );
}

function fromGrey(samples: Uint8Array | Uint16Array, channels: number): Classes {
  const data = new Uint8Array(samples.length / channels);
  for (let i = 0; i < data.length; i++) {
    const value = samples[i * channels]!;
    if (value >= CLASS_COUNT) throw new MaskFileError('grey-values', String(value));
    data[i] = value;
  }
  return { data, inexact: 0 };
}

function fromColours(samples: Uint8Array | Uint16Array, channels: number): Classes {
  if (isGrey(samples, channels)) {
    return {
      data: Uint8Array.from({ length: samples.length / channels }, (_, i) => samples[i * channels]!),
      inexact: 0,
    };
  }
  const shift = samples instanceof Uint16Array ? 8 : 0;
  const nearest = new Map(CLASS_BY_COLOUR);
  const data = new Uint8Array(samples.length / channels);
  let inexact = 0;
  for (let i = 0, from = 0; i < data.length; i++, from += channels) {
    if (channels === 4 && samples[from + 3]! >> shift < OPAQUE_FROM) continue;
    const [r, g, b] = [samples[from]! >> shift, samples[from + 1]! >> shift, samples[from + 2]! >> shift];
    const key = packColour(r, g, b);
    let index = nearest.get(key);
    if (index === undefined) nearest.set(key, (index = nearestClass(r, g, b)));
    if (!CLASS_BY_COLOUR.has(key)) inexact++;
    data[i] = index;
  }
  const share = inexact / data.length;
  if (share > MAX_INEXACT) throw new MaskFileError('picture', `${Math.round(share * 100)} %`);
  return { data, inexact: share };
}

/** Class indices saved as red = green = blue, as image libraries without grey files do. */
function isGrey(samples: Uint8Array | Uint16Array, channels: number): boolean {
  for (let i = 0; i < samples.length; i += channels) {
    const value = samples[i]!;
    if (value >= CLASS_COUNT || samples[i + 1] !== value || samples[i + 2] !== value) return false;
  }
  return true;
}

function nearestClass(r: number, g: number, b: number): number {
  let best = 0;
  let bestDistance = Infinity;
  for (const [index, [pr, pg, pb]] of FILE_PALETTE.entries()) {
    const distance = (r - pr) ** 2 + (g - pg) ** 2 + (b - pb) ** 2;
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}

function packColour(r: number, g: number, b: number): number {
  return (r << 16) | (g << 8) | b;
}
