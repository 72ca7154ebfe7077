import { CLASS_COUNT, classIndexOf, FACE_CLASSES } from './classes';
import type { ClassMask } from './classMask';

/** Which numbering of the 19 classes a file of indices uses; `celebamask` is this project's own. */
export type ClassOrder = 'celebamask' | 'bisenet';

/** Class keys in the order of the BiSeNet face parsers. */
const BISENET_KEYS = [
  'background',
  'skin',
  'l_brow',
  'r_brow',
  'l_eye',
  'r_eye',
  'eye_g',
  'l_ear',
  'r_ear',
  'ear_r',
  'nose',
  'mouth',
  'u_lip',
  'l_lip',
  'neck',
  'neck_l',
  'cloth',
  'hair',
  'hat',
];

/** `FROM_BISENET[i]` is the class that BiSeNet's index i stands for. */
export const FROM_BISENET: Uint8Array<ArrayBuffer> = Uint8Array.from(BISENET_KEYS, classIndexOf);

/**
 * Where each class of a face that looks at the viewer lies: its centre's distance from the skin's centre, right and down in units of
 * the square root of the skin's area, and the base-2 logarithm of its area as a share of the skin's. A side's parts lie on the
 * picture's other side.
 */
const LAYOUT: Readonly<Record<string, readonly [x: number, y: number, size: number]>> = {
  nose: [0, 0.05, -3.5],
  eye_g: [0, -0.25, -3],
  l_eye: [0.27, -0.2, -6.3],
  r_eye: [-0.27, -0.2, -6.3],
  l_brow: [0.27, -0.33, -6],
  r_brow: [-0.27, -0.33, -6],
  l_ear: [0.55, 0, -5],
  r_ear: [-0.55, 0, -5],
  mouth: [0, 0.38, -5],
  u_lip: [0, 0.33, -5.3],
  l_lip: [0, 0.43, -5.3],
  hair: [0, -0.4, 0],
  hat: [0, -0.9, 0],
  ear_r: [0, 0.25, -5.6],
  neck_l: [0, 0.9, -5],
  neck: [0, 0.8, -3],
  cloth: [0, 0.95, -2],
};
/** How far faces commonly stray from the layout, in its units. */
const SPREAD = [0.25, 0.25, 1.5] as const;
/** No coordinate of a class costs more than this, so that one odd class never outvotes the rest. */
const MAX_COST = 3;
/** At this mean cost a class a mask is no face (random masks are above 4.4, faces below 1), and nothing speaks for another order. */
const MAX_FACE_COST = 4;
/** Costs that differ by rounding alone are equal. */
const ROUNDING = 1e-6;
/** The skin's centre and the square root of its area as shares of the side, as face data sets crop pictures. */
const ALIGNED_SKIN = { x: 0.5, y: 0.56, unit: 0.48 };
const SKIN = classIndexOf('skin');

/** Where the layout is put on a mask, in pixels. */
interface Frame {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
}

interface Patch {
  count: number;
  /** The mean column and row of its pixels. */
  x: number;
  y: number;
}

/** The order in which raw indices 0–18 make the better face; `celebamask` when neither does. */
export function detectOrder(indices: ClassMask): ClassOrder {
  const { asIs, renamed } = faceCosts(indices, FROM_BISENET);
  return renamed < MAX_FACE_COST && renamed < asIs - ROUNDING ? 'bisenet' : 'celebamask';
}

/** Whether the mask makes a better face once every class c is read as `names[c]`. */
export function isBetterFace(mask: ClassMask, names: Uint8Array): boolean {
  const { asIs, renamed } = faceCosts(mask, names);
  return renamed < asIs - ROUNDING;
}

function faceCosts(mask: ClassMask, names: Uint8Array): { asIs: number; renamed: number } {
  const patches = findPatches(mask);
  const aligned = {
    x: ALIGNED_SKIN.x * mask.size,
    y: ALIGNED_SKIN.y * mask.size,
    unit: ALIGNED_SKIN.unit * mask.size,
  };
  const skin = patches[SKIN]!;
  // The skin tells where the face is in any picture, but not when half of it is missing; then the usual crop is the better guess.
  const frames: Frame[] = skin.count ? [aligned, { x: skin.x, y: skin.y, unit: Math.sqrt(skin.count) }] : [aligned];
  const cost = (read: (index: number) => number) =>
    Math.min(...frames.map((frame) => layoutCost(patches, frame, read)));
  return { asIs: cost((index) => index), renamed: cost((index) => names[index]!) };
}

function findPatches({ data, size }: ClassMask): Patch[] {
  const patches = Array.from({ length: CLASS_COUNT }, (): Patch => ({ count: 0, x: 0, y: 0 }));
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const patch = patches[data[i]!]!;
      patch.count++;
      patch.x += x;
      patch.y += y;
    }
  }
  return patches.map(({ count, x, y }) => ({ count, x: x / count, y: y / count }));
}

/** Mean over the classes that are there of their squared distance from the layout. */
function layoutCost(patches: readonly Patch[], frame: Frame, read: (index: number) => number): number {
  let sum = 0;
  let classes = 0;
  for (const [index, { count, x, y }] of patches.entries()) {
    const expected = LAYOUT[FACE_CLASSES[read(index)]!.key];
    if (count === 0 || !expected) continue;
    const found = [(x - frame.x) / frame.unit, (y - frame.y) / frame.unit, Math.log2(count / frame.unit ** 2)];
    for (const [i, value] of found.entries()) sum += Math.min(MAX_COST, ((value - expected[i]!) / SPREAD[i]!) ** 2);
    classes++;
  }
  return classes ? sum / classes : 0;
}
