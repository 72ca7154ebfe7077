import { MASK_SIZE, type ClassMask } from './classMask';
import type { Point } from './raster';
import { carryBack, clampTo, type Similarity } from './similarity';
import { classFlags, FACE_KEYS, LEAST_FACE, LEAST_FEATURE, STANDARD } from './standardFace';

/** A face's outline, in the standard face's pixels. */
export interface FaceShape {
  /** How far the middle of the cheeks lies to the right of the standard one: a head turned aside shows more of one cheek. */
  readonly shift: number;
  /** Width of the cheeks over the standard one. */
  readonly widthRatio: number;
  /** Row of the chin. */
  readonly chin: number;
  /** Ends of the ears, left the person's own. `null` for the hidden one when the other shows; where both would be when none shows. */
  readonly leftLobe: Point | null;
  readonly rightLobe: Point | null;
}

/** How far a face may differ from the standard one; in pixels but for the ratio. */
const WIDTH_RATIO = { least: 0.8, most: 1.3 };
const SHIFT = { least: -60, most: 60 };
const CHIN_ROWS = { least: 430, most: 500 };
/** Where hair hides an ear's lower part, what is seen of it ends too high. */
const LOBE_ROWS = { least: 305, most: 360 };
/** Pixels above its lowest one that count as an ear's lobe. */
const LOBE_HEIGHT = 12;
/** Columns on both sides of the middle in which the chin is sought. */
const CHIN_COLUMNS = 40;

const IS_FACE = classFlags(FACE_KEYS);
const IS_EAR = classFlags(['l_ear', 'r_ear']);

/** @param fit brings the standard face to the one in the mask, both in pixels of 512 */
export function measureShape(mask: ClassMask, fit: Similarity): FaceShape {
  const { ears, cheeks, lowest } = survey(mask, fit);
  const { x: middle } = STANDARD.face;
  // Pixels of the mask per pixel of the standard face.
  const density = (mask.size / MASK_SIZE) ** 2 * (fit.a ** 2 + fit.b ** 2);
  const isSeen = cheeks.count >= LEAST_FACE * density;
  const mean = isSeen ? cheeks.x / cheeks.count : middle;
  // Evenly spread pixels from −h to h have the variance h² / 3.
  const half = isSeen ? Math.sqrt(3 * (cheeks.xx / cheeks.count - mean * mean)) : STANDARD.halfWidth;
  const shift = clampTo(mean - middle, SHIFT);
  const widthRatio = clampTo(half / STANDARD.halfWidth, WIDTH_RATIO);
  const least = LEAST_FEATURE * density;
  const left = lowerEnd(
    ears.filter(({ x }) => x >= middle + shift),
    least,
  );
  const right = lowerEnd(
    ears.filter(({ x }) => x < middle + shift),
    least,
  );
  const hidden = (standard: Point): Point | null =>
    left || right ? null : { x: middle + shift + (standard.x - middle) * widthRatio, y: standard.y };
  return {
    shift,
    widthRatio,
    chin: clampTo(lowest ?? STANDARD.chin, CHIN_ROWS),
    leftLobe: left ?? hidden(STANDARD.leftLobe),
    rightLobe: right ?? hidden(STANDARD.rightLobe),
  };
}

interface Survey {
  readonly ears: readonly Point[];
  /** Sums over the pixels of the cheeks' rows: how many, and their centres' x and x². */
  readonly cheeks: { readonly count: number; readonly x: number; readonly xx: number };
  /** Row of the lowest pixel below the mouth. */
  readonly lowest: number | null;
}

/** One pass over the mask, with every pixel's centre where it lies in the standard face. */
function survey({ data, size }: ClassMask, fit: Similarity): Survey {
  const cheeks = { count: 0, x: 0, xx: 0 };
  const ears: Point[] = [];
  let lowest: number | null = null;
  const step = MASK_SIZE / size;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!IS_FACE[value] && !IS_EAR[value]) continue;
    const point = carryBack(fit, { x: ((i % size) + 0.5) * step, y: (Math.floor(i / size) + 0.5) * step });
    const { x, y } = point;
    if (IS_EAR[value]) ears.push(point);
    else if (y > STANDARD.cheeks.most) {
      if (Math.abs(x - STANDARD.face.x) < CHIN_COLUMNS) lowest = Math.max(lowest ?? y, y);
    } else if (y >= STANDARD.cheeks.least) {
      cheeks.count++;
      cheeks.x += x;
      cheeks.xx += x * x;
    }
  }
  return { ears, cheeks, lowest };
}

/** The lower end of an ear; `null` when there are too few pixels for one. */
function lowerEnd(points: readonly Point[], least: number): Point | null {
  if (points.length === 0 || points.length < least) return null;
  const bottom = points.reduce((lowest, { y }) => Math.max(lowest, y), -Infinity);
  const lobe = points.filter(({ y }) => y > bottom - LOBE_HEIGHT);
  return { x: lobe.reduce((sum, { x }) => sum + x, 0) / lobe.length, y: clampTo(bottom, LOBE_ROWS) };
}
