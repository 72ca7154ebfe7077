import { CLASS_COUNT, FACE_CLASSES } from './classes';

/**
 * The face for which the parts to drop in are drawn: scripts/samples/features.mjs without options, in pixels of 512. Centres of its
 * parts and of the halves of sunglasses on it, the ends of its ear lobes, the chin's row, the rows of its cheeks and half their width, and the spread (standard
 * deviation) of all its pixels to the sides. Sides are the person's own: left is in the picture's right half.
 */
export const STANDARD = {
  rightEye: { x: 195.7, y: 245.4 },
  leftEye: { x: 319.7, y: 245.4 },
  rightLens: { x: 184, y: 253 },
  leftLens: { x: 330, y: 253 },
  nose: { x: 257, y: 301 },
  mouth: { x: 257, y: 382 },
  face: { x: 257, y: 274 },
  rightLobe: { x: 126, y: 327 },
  leftLobe: { x: 387, y: 327 },
  chin: 471,
  cheeks: { least: 230, most: 320 },
  halfWidth: 129,
  spread: 67.3,
};

/** Fewer pixels than these, at the standard face's size, are a speck and no feature or face. */
export const LEAST_FEATURE = 40;
export const LEAST_FACE = 4000;

/** The classes inside a face's outline. */
export const FACE_KEYS = [
  'skin',
  'nose',
  'eye_g',
  'l_eye',
  'r_eye',
  'l_brow',
  'r_brow',
  'mouth',
  'u_lip',
  'l_lip',
] as const;

/** One flag a class index: whether its key is among these. */
export function classFlags(keys: readonly string[]): readonly boolean[] {
  const flags = Array.from({ length: CLASS_COUNT }, () => false);
  for (const { key, index } of FACE_CLASSES) flags[index] = keys.includes(key);
  return flags;
}
