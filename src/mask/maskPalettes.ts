import { BACKGROUND, CLASS_COUNT, FACE_CLASSES, MIRROR_PARTNER, parseColour } from './classes';
import { isBetterFace } from './classOrder';
import { MaskFileError } from './maskFileError';

/**
 * Whose colours a file was read in: the data set's published ones; those of MaskGAN's demo, where the right brow differs; or those
 * of the demo's brush, which also swap left and right of eyes and ears.
 */
export type PaletteName = 'celebamask' | 'maskgan' | 'maskgan-brush';

/** [r, g, b] of every class in CelebAMask-HQ's published palette. */
export const FILE_PALETTE = FACE_CLASSES.map((row) => parseColour(row.fileColour));

const RIGHT_BROW = indexOf('r_brow');
const MASKGAN_PALETTE = FILE_PALETTE.map((colour, index) =>
  index === RIGHT_BROW ? ([51, 255, 255] as const) : colour,
);
const BRUSH_SWAPS = new Set(['l_eye', 'r_eye', 'l_ear', 'r_ear'].map(indexOf));
/** What a class read in the demo's colours is in its brush's. */
const FROM_BRUSH = MIRROR_PARTNER.map((partner, index) => (BRUSH_SWAPS.has(index) ? partner : index));

/** Compression and colour management move a colour less than this; its square, in steps of 0–255. */
const NEAR_SQUARED = 24 ** 2;
/** Above this share of colours far from all classes, black left aside, a file is a picture. */
const MAX_FAR = 0.5;

interface Nearest {
  readonly classIndex: number;
  /** Squared distance in steps of 0–255. */
  readonly distance: number;
}

interface Reading {
  readonly data: Uint8Array<ArrayBuffer>;
  /** Pixels not exactly in the palette, and those not even near to it. */
  readonly inexact: number;
  readonly far: number;
  /** Pixels that are black or nearly so: in masks background, in photos shadow. */
  readonly black: number;
}

export interface ColourMask {
  readonly data: Uint8Array<ArrayBuffer>;
  /** Pixels that took the nearest colour. */
  readonly inexact: number;
  readonly palette: PaletteName;
}

/**
 * A square of colours (0xrrggbb each) as classes. One palette is taken for the whole file: the published one unless the demo's right
 * brow fits it better, and then the brush's if that puts eyes and ears on the right sides.
 *
 * @throws MaskFileError `picture` when most of it has no class's colour
 */
export function readColours(colours: Uint32Array, size: number): ColourMask {
  let reading = classify(colours, FILE_PALETTE);
  let palette: PaletteName = 'celebamask';
  if (reading.far > 0) {
    const other = classify(colours, MASKGAN_PALETTE);
    if (other.far < reading.far) [reading, palette] = [other, 'maskgan'];
  }
  const { data, inexact, far, black } = reading;
  const share = far / Math.max(1, colours.length - black);
  if (share > MAX_FAR) throw new MaskFileError('picture', percent(share));
  if (palette === 'maskgan' && isBetterFace({ data, size }, FROM_BRUSH)) {
    return { data: data.map((value) => FROM_BRUSH[value]!), inexact, palette: 'maskgan-brush' };
  }
  return { data, inexact, palette };
}

/**
 * Whether an indexed file's palette names the classes, in whatever order its program left the entries: every colour in use is a
 * class's own, or near one that no other is near to.
 */
export function namesClasses(colours: readonly number[]): boolean {
  const nearest = colours.map((colour) => {
    const [one, two] = [nearestIn(FILE_PALETTE, colour), nearestIn(MASKGAN_PALETTE, colour)];
    return two.distance < one.distance ? two : one;
  });
  if (nearest.every(({ distance }) => distance === 0)) return true;
  // A dark colour says little: grey ramps begin with many.
  const areNear = nearest.every(
    ({ classIndex, distance }) => distance === 0 || (distance <= NEAR_SQUARED && classIndex !== BACKGROUND),
  );
  return areNear && new Set(nearest.map(({ classIndex }) => classIndex)).size === colours.length;
}

/** Red, green and blue, each 0–255, as one number. */
export function packColour(r: number, g: number, b: number): number {
  return (r << 16) | (g << 8) | b;
}

/** A share of 0–1 for a message. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

type Palette = readonly (readonly [number, number, number])[];

function classify(colours: Uint32Array, palette: Palette): Reading {
  const data = new Uint8Array(colours.length);
  let [inexact, far, black] = [0, 0, 0];
  // Masks are runs of one colour, so remembering the last one spares nearly all of the search.
  let last = -1;
  let nearest: Nearest = { classIndex: BACKGROUND, distance: 0 };
  for (let i = 0; i < colours.length; i++) {
    const colour = colours[i]!;
    if (colour !== last) [last, nearest] = [colour, nearestIn(palette, colour)];
    const { classIndex, distance } = nearest;
    data[i] = classIndex;
    if (distance > 0) inexact++;
    if (distance > NEAR_SQUARED) far++;
    else if (classIndex === BACKGROUND) black++;
  }
  return { data, inexact, far, black };
}

function nearestIn(palette: Palette, colour: number): Nearest {
  const [r, g, b] = [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
  let classIndex = BACKGROUND;
  let distance = Infinity;
  for (let index = 0; index < CLASS_COUNT; index++) {
    const [pr, pg, pb] = palette[index]!;
    const here = (r - pr) ** 2 + (g - pg) ** 2 + (b - pb) ** 2;
    if (here < distance) [classIndex, distance] = [index, here];
  }
  return { classIndex, distance };
}

function indexOf(key: string): number {
  return FACE_CLASSES.findIndex((row) => row.key === key);
}
