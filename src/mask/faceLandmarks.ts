import { CLASS_COUNT, FACE_CLASSES } from './classes';
import { MASK_SIZE, type ClassMask } from './classMask';
import type { Point } from './raster';
import type { Pair } from './similarity';
import { classFlags, FACE_KEYS, LEAST_FACE, LEAST_FEATURE, STANDARD } from './standardFace';

/** What can be recognised in a mask, in pixels of a 512 × 512 picture whatever the mask's size. */
export interface Landmarks {
  /** The eyes that are there, or the lenses that hide both, each with its place in the standard face. */
  readonly eyes: readonly Pair[];
  readonly mouth: Pair | null;
  readonly nose: Pair | null;
  /** All of the face within its outline; `spread` is its pixels' standard deviation to the sides. */
  readonly face: { readonly centre: Point; readonly spread: number } | null;
  /** The neck's centre. */
  readonly neck: Point | null;
}

/** A turning head moves the nose furthest, so the nose says least about where the face is. */
const NOSE_WEIGHT = 0.4;

export function findLandmarks(mask: ClassMask): Landmarks {
  const spots = spotsOf(mask, CLASS_COUNT, (value) => value);
  const pair = (from: Point, keys: readonly string[], weight = 1): Pair | null => {
    const to = centreOf(merged(spots, keys), LEAST_FEATURE);
    return to && { from, to, weight };
  };
  const eyes = inOrder(pair(STANDARD.rightEye, ['r_eye']), pair(STANDARD.leftEye, ['l_eye']));
  const face = merged(spots, FACE_KEYS);
  const centre = centreOf(face, LEAST_FACE);
  return {
    eyes: eyes.length > 0 ? eyes : lensesOf(mask, merged(spots, ['eye_g'])),
    mouth: pair(STANDARD.mouth, ['mouth', 'u_lip', 'l_lip']),
    nose: pair(STANDARD.nose, ['nose'], NOSE_WEIGHT),
    face: centre && { centre, spread: Math.sqrt(Math.max(face.xx / face.count - centre.x ** 2, 0)) },
    neck: centreOf(merged(spots, ['neck']), LEAST_FEATURE),
  };
}

/** Some masks name the sides as the viewer sees them: what counts is which eye lies where. */
function inOrder(right: Pair | null, left: Pair | null): Pair[] {
  if (right && left && right.to.x > left.to.x) {
    return [
      { ...right, to: left.to },
      { ...left, to: right.to },
    ];
  }
  return [right, left].filter((eye) => eye !== null);
}

/** Both halves of glasses, parted at their centre. */
function lensesOf(mask: ClassMask, glasses: Spot): Pair[] {
  const middle = centreOf(glasses, 2 * LEAST_FEATURE);
  if (!middle) return [];
  const isGlasses = classFlags(['eye_g']);
  const [right, left] = spotsOf(mask, 2, (value, x) => (isGlasses[value] ? Number(x > middle.x) : -1));
  const [onRight, onLeft] = [centreOf(right!, LEAST_FEATURE), centreOf(left!, LEAST_FEATURE)];
  if (!onRight || !onLeft) return [];
  return [
    { from: STANDARD.rightLens, to: onRight, weight: 1 },
    { from: STANDARD.leftLens, to: onLeft, weight: 1 },
  ];
}

/** Sums over pixels: how many, and their centres' x, y and x². */
interface Spot {
  count: number;
  x: number;
  y: number;
  xx: number;
}

/** Sorts the pixels into `count` spots; `spotAt` tells a pixel's by its class and x, −1 for none. */
function spotsOf({ data, size }: ClassMask, count: number, spotAt: (value: number, x: number) => number): Spot[] {
  const spots = Array.from({ length: count }, () => ({ count: 0, x: 0, y: 0, xx: 0 }));
  const step = MASK_SIZE / size;
  const area = step * step;
  for (let i = 0; i < data.length; i++) {
    const x = ((i % size) + 0.5) * step;
    const spot = spots[spotAt(data[i]!, x)];
    if (!spot) continue;
    spot.count += area;
    spot.x += area * x;
    spot.y += area * (Math.floor(i / size) + 0.5) * step;
    spot.xx += area * x * x;
  }
  return spots;
}

function merged(spots: readonly Spot[], keys: readonly string[]): Spot {
  const sum = { count: 0, x: 0, y: 0, xx: 0 };
  for (const { key, index } of FACE_CLASSES) {
    if (!keys.includes(key)) continue;
    const { count, x, y, xx } = spots[index]!;
    sum.count += count;
    sum.x += x;
    sum.y += y;
    sum.xx += xx;
  }
  return sum;
}

/** `null` for less than `least` pixels. */
function centreOf({ count, x, y }: Spot, least: number): Point | null {
  return count >= least ? { x: x / count, y: y / count } : null;
}
