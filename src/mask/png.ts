import { CLASS_COUNT } from './classes';
import type { ClassMask } from './classMask';
import { detectOrder, FROM_BISENET, type ClassOrder } from './classOrder';
import { MaskFileError } from './maskFileError';
import { FILE_PALETTE, namesClasses, packColour, percent, readColours, type PaletteName } from './maskPalettes';
import { readPngSamples, type PngSamples } from './pngSamples';

/** A mask from a file, with what had to be assumed to read it. */
export interface ImportedMask extends ClassMask {
  /** Share of the file's pixels, 0–1, whose colour was not exactly in the palette and took the nearest one. */
  readonly inexact: number;
  /** How class numbers were read; `null` when colours decided. */
  readonly order: ClassOrder | null;
  /** Whose colours decided; `null` when numbers did. */
  readonly palette: PaletteName | null;
  /** In pixels. A file that is not square was centred on a square of background of its longer side. */
  readonly fileSize: { readonly width: number; readonly height: number };
}

/** Noted in files of class numbers, so that this page reads its own files back without guessing. */
const ORDER_KEYWORD = 'Class order';
const OPAQUE_FROM = 128;

/** An 8-bit indexed PNG: pixel values are class indices, the palette is CelebAMask-HQ's. */
export async function encodeMaskPng(mask: ClassMask): Promise<Uint8Array<ArrayBuffer>> {
  const { encode } = await import('fast-png');
  const { data, size } = mask;
  const image = { data, width: size, height: size, depth: 8, channels: 1, palette: FILE_PALETTE } as const;
  return new Uint8Array(encode(image, { zlib: { level: 9 } }));
}

/** An 8-bit grey PNG whose values are the class indices themselves, for programs that read masks as numbers. */
export async function encodeIndexPng(mask: ClassMask): Promise<Uint8Array<ArrayBuffer>> {
  const { encode } = await import('fast-png');
  const { data, size } = mask;
  const text = { [ORDER_KEYWORD]: 'celebamask' satisfies ClassOrder };
  return new Uint8Array(
    encode({ data, width: size, height: size, depth: 8, channels: 1, text }, { zlib: { level: 9 } }),
  );
}

/**
 * Reads a mask from a PNG of 1–4096 pixels a side: class numbers as grey values or palette indices, or the colours of
 * CelebAMask-HQ or of MaskGAN's demo. See-through pixels are background.
 *
 * @param options.order the numbering of classes; without it, what the file notes, or the one that makes the better face
 * @throws MaskFileError when the bytes are none of these
 */
export async function decodeMaskPng(
  bytes: Uint8Array<ArrayBuffer>,
  options: { order?: ClassOrder | undefined } = {},
): Promise<ImportedMask> {
  const png = await readPngSamples(bytes);
  const { width, height } = png;
  const size = Math.max(width, height);
  const fileSize = { width, height };
  const colours = coloursOf(png);
  if (colours) {
    const { data, inexact, palette } = readColours(toSquare(colours, png, new Uint32Array(size * size)), size);
    return { data, size, inexact: inexact / (width * height), order: null, palette, fileSize };
  }
  const indices = toSquare(indicesOf(png), png, new Uint8Array(size * size));
  const order = options.order ?? notedOrder(png.text) ?? detectOrder({ data: indices, size });
  const data = order === 'bisenet' ? indices.map((index) => FROM_BISENET[index]!) : indices;
  return { data, size, inexact: 0, order, palette: null, fileSize };
}

/** A colour for every pixel, or `null` where class numbers decide. */
function coloursOf({ values, channels, palette }: PngSamples): Uint32Array<ArrayBuffer> | null {
  const colours = new Uint32Array(values.length / channels);
  if (palette) {
    const packed = palette.map(([r, g, b, alpha = 255]) => (alpha < OPAQUE_FROM ? 0 : packColour(r!, g!, b!)));
    const used = valuesIn(values);
    const isNumbered = used.every((index) => index < CLASS_COUNT);
    if (isNumbered && !namesClasses(used.map((index) => packed[index] ?? 0))) return null;
    for (let i = 0; i < colours.length; i++) colours[i] = packed[values[i]!] ?? 0;
    return colours;
  }
  if (channels < 3 || isGrey(values, channels)) return null;
  for (let i = 0, at = 0; i < colours.length; i++, at += channels) {
    if (!isClear(values, at, channels)) colours[i] = packColour(values[at]!, values[at + 1]!, values[at + 2]!);
  }
  return colours;
}

/** The class number of every pixel. @throws MaskFileError when there are numbers beyond the classes */
function indicesOf({ values, channels }: PngSamples): Uint8Array<ArrayBuffer> {
  const indices = new Uint8Array(values.length / channels);
  for (let i = 0, at = 0; i < indices.length; i++, at += channels) {
    if (!isClear(values, at, channels)) indices[i] = values[at]!;
  }
  const used = valuesIn(indices);
  const largest = used.at(-1)!;
  if (largest < CLASS_COUNT) return indices;
  if (used.length <= CLASS_COUNT) throw new MaskFileError('grey-values', String(largest));
  // As many shades as that are a photo's; fewer are a mask's in numbers of another kind.
  const beyond = indices.reduce((count, value) => count + (value >= CLASS_COUNT ? 1 : 0), 0);
  throw new MaskFileError('picture', percent(beyond / indices.length));
}

/** The different values, smallest first. */
function valuesIn(bytes: Uint8Array): number[] {
  const isThere = new Uint8Array(256);
  for (const value of bytes) isThere[value] = 1;
  return [...isThere.keys()].filter((value) => isThere[value]);
}

/** Whether all that can be seen is grey, as libraries without grey files save class numbers. */
function isGrey(values: Uint8Array, channels: number): boolean {
  for (let at = 0; at < values.length; at += channels) {
    if (isClear(values, at, channels)) continue;
    if (values[at + 1] !== values[at] || values[at + 2] !== values[at]) return false;
  }
  return true;
}

function isClear(values: Uint8Array, at: number, channels: number): boolean {
  return channels % 2 === 0 && values[at + channels - 1]! < OPAQUE_FROM;
}

/** @param square all background, of the longer side squared; returned with the pixels in its middle */
function toSquare<T extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  pixels: T,
  { width, height }: { width: number; height: number },
  square: T,
): T {
  const size = Math.max(width, height);
  const left = Math.floor((size - width) / 2);
  const top = Math.floor((size - height) / 2);
  for (let y = 0; y < height; y++) square.set(pixels.subarray(y * width, (y + 1) * width), (top + y) * size + left);
  return square;
}

function notedOrder(text: PngSamples['text']): ClassOrder | null {
  const noted = text[ORDER_KEYWORD];
  return noted === 'celebamask' || noted === 'bisenet' ? noted : null;
}
