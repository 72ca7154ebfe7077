import { BACKGROUND, CLASS_COUNT, classIndexOf, FACE_CLASSES, MIRROR_PARTNER, parseColour } from './classes';
import { isBetterFace } from './classOrder';
import { MaskFileError } from './maskFileError';

/**
 * Whose colours a file was read in: the data set's published ones; those of MaskGAN's demo, where the right brow differs; or those
 * of the demo's brush, which also swap left and right of eyes and ears.
 */
export type PaletteName = 'celebamask' | 'maskgan' | 'maskgan-brush';

/** [r, g, b] of every class in CelebAMask-HQ's published palette. */
export const FILE_PALETTE = FACE_CLASSES.map((row) => parseColour(row.fileColour));

const RIGHT_BROW = classIndexOf('r_brow');
const MASKGAN_PALETTE = FILE_PALETTE.map((colour, index) =>
  index === RIGHT_BROW ? ([51, 255, 255] as const) : colour,
);
const BRUSH_SWAPS = new Set(['l_eye', 'r_eye', 'l_ear', 'r_ear'].map(classIndexOf));
/** What a class read in the demo's colours is in its brush's. */
const FROM_BRUSH = MIRROR_PARTNER.map((partner, index) => (BRUSH_SWAPS.has(index) ? partner : index));

/** Compression and colour management move a colour less than this; its square, in steps of 0–255. */
const NEAR_SQUARED = 24 ** 2;
/** Above this share of colours far from all classes, black left aside, a file is a picture. */
const MAX_FAR = 0.5;
/** As many pixels tell a photo as well as all of them do, and a large one at once. */
const SAMPLED_PIXELS = 2 ** 16;

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
}

interface ColourMask {
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
  const share = farShare(colours);
  if (share > MAX_FAR) throw new MaskFileError('picture', percent(share));
  let reading = classify(colours, FILE_PALETTE);
  let palette: PaletteName = 'celebamask';
  if (reading.far > 0) {
    const other = classify(colours, MASKGAN_PALETTE);
    if (other.far < reading.far) [reading, palette] = [other, 'maskgan'];
  }
  const { data, inexact } = reading;
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
  const nearest = colours.map(nearestInAny);
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

/** The share of pixels far from all classes' colours; black is left aside, being background in masks and shadow in photos. */
function farShare(colours: Uint32Array): number {
  // Odd, so that it does not fall into step with the rows.
  const step = Math.floor(colours.length / SAMPLED_PIXELS) | 1;
  let far = 0;
  let black = 0;
  let sampled = 0;
  for (let i = 0; i < colours.length; i += step, sampled++) {
    const { classIndex, distance } = nearestInAny(colours[i]!);
    if (distance > NEAR_SQUARED) far++;
    else if (classIndex === BACKGROUND) black++;
  }
  return far / Math.max(1, sampled - black);
}

type Palette = readonly (readonly [number, number, number])[];

function classify(colours: Uint32Array, palette: Palette): Reading {
  const data = new Uint8Array(colours.length);
  let inexact = 0;
  let far = 0;
  // Masks are runs of one colour, so remembering the last one spares nearly all of the search.
  let last = -1;
  let nearest: Nearest = { classIndex: BACKGROUND, distance: 0 };
  for (let i = 0; i < colours.length; i++) {
    const colour = colours[i]!;
    if (colour !== last) nearest = nearestIn(palette, colour);
    last = colour;
    const { classIndex, distance } = nearest;
    data[i] = classIndex;
    if (distance > 0) inexact++;
    if (distance > NEAR_SQUARED) far++;
  }
  return { data, inexact, far };
}

function nearestInAny(colour: number): Nearest {
  const published = nearestIn(FILE_PALETTE, colour);
  const demo = nearestIn(MASKGAN_PALETTE, colour);
  return demo.distance < published.distance ? demo : published;
}

function nearestIn(palette: Palette, colour: number): Nearest {
  const r = colour >> 16;
  const g = (colour >> 8) & 0xff;
  const b = colour & 0xff;
  let classIndex = BACKGROUND;
  let distance = Infinity;
  for (let index = 0; index < CLASS_COUNT; index++) {
    const entry = palette[index]!;
    const here = (r - entry[0]) ** 2 + (g - entry[1]) ** 2 + (b - entry[2]) ** 2;
    if (here < distance) {
      classIndex = index;
      distance = here;
    }
  }
  return { classIndex, distance };
}
