import { CLASS_COUNT, FACE_CLASSES, parseColour } from '../mask/classes';

/** Mask pixels; a power of two, so that a pixel finds its place in a tile with bits alone. */
export const TILE_SIDE = 8;

const OPAQUE = 0xff;
/** How far a pattern's tone lies from its class's colour, as a share of the way to black. */
const DARKER = 0.45;
/** Colours darker than this (relative luminance, 0–1) take a lighter tone, as a darker one would not be seen. */
const DARK_BELOW = 0.12;
/** Share of the way to white. */
const LIGHTER = 0.4;

/**
 * One tile a class: eight rows of eight bits, 1 where the tone goes. Classes that touch in a face have different ones, and the two
 * sides of a pair mirror each other.
 */
const TILES: Record<string, string> = {
  background: '0000000000000000',
  skin: '8000000008000000',
  nose: 'f00000000f000000',
  eye_g: 'ff888888ff888888',
  l_eye: '8040201008040201',
  r_eye: '0102040810204080',
  l_brow: '8844221188442211',
  r_brow: '1122448811224488',
  l_ear: 'c06030180c060381',
  r_ear: '03060c183060c081',
  mouth: 'cccc3333cccc3333',
  u_lip: 'ff000000ff000000',
  l_lip: '8888888888888888',
  hair: '1020402010080408',
  hat: 'ff808080ff080808',
  ear_r: '3c4281818181423c',
  neck_l: '0010107c10100000',
  neck: '8080800008080800',
  cloth: '8142241818244281',
};

type Colour = [number, number, number];

/**
 * What a class looks like at every place of its tile, in this machine's byte order: entry `class · 64 + (y mod 8) · 8 + (x mod 8)`
 * holds the four bytes of a pixel.
 *
 * @param hidden classes that are transparent
 */
export function tileTable(hasPatterns: boolean, hidden: readonly number[]): Uint32Array {
  const table = new Uint8Array(CLASS_COUNT * TILE_SIDE * TILE_SIDE * 4);
  let to = 0;
  for (const { index, key, displayColour } of FACE_CLASSES) {
    const colour = parseColour(displayColour);
    const tone = hasPatterns ? toneOf(colour) : colour;
    const opacity = hidden.includes(index) ? 0 : OPAQUE;
    for (const isTone of bitsOf(TILES[key] ?? '')) {
      table.set([...(isTone ? tone : colour), opacity], to);
      to += 4;
    }
  }
  return new Uint32Array(table.buffer);
}

function bitsOf(tile: string): boolean[] {
  return Array.from({ length: TILE_SIDE * TILE_SIDE }, (_, i) => {
    const row = Number.parseInt(tile.slice((i >> 3) * 2, (i >> 3) * 2 + 2), 16);
    return ((row >> (7 - (i & 7))) & 1) === 1;
  });
}

function toneOf(colour: Colour): Colour {
  const isDark = luminance(colour) < DARK_BELOW;
  const [share, end] = isDark ? [LIGHTER, OPAQUE] : [DARKER, 0];
  return colour.map((value) => Math.round(value + (end - value) * share)) as Colour;
}

/** Relative luminance, 0–1, as WCAG defines it. */
export function luminance(colour: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const share = value / OPAQUE;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
