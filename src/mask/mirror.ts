import { classIndexOf, MIRROR_PARTNER } from './classes';
import type { ClassMask } from './classMask';
import type { Point } from './raster';

/** The mask as seen in a mirror: flipped left to right, with left and right classes swapped. */
export function mirrorMask(mask: ClassMask): ClassMask {
  const { data, size } = mask;
  const out = new Uint8Array(data.length);
  for (let row = 0; row < data.length; row += size) {
    for (let x = 0; x < size; x++) out[row + size - 1 - x] = MIRROR_PARTNER[data[row + x]!]!;
  }
  return { data: out, size };
}

/** The point on the other side of a vertical axis. @param axis its x in mask pixels; half the mask's size is its centre line */
export function mirrorPoint(point: Point, axis: number): Point {
  return { x: 2 * axis - point.x, y: point.y };
}

/**
 * A mask with one side of a vertical axis mirrored onto the other, left and right classes swapped. What the mirrored side does not
 * reach, as the axis is not in the middle, stays.
 *
 * @param axis x in mask pixels, taken to the nearest half pixel
 * @param from the side that is kept, as seen in the picture
 */
export function copySide({ data, size }: ClassMask, axis: number, from: 'left' | 'right'): ClassMask {
  const out = data.slice();
  // Columns x and sum − x are each other's mirror images.
  const sum = Math.round(2 * axis) - 1;
  for (let x = Math.max(0, sum - size + 1); x <= Math.min(size - 1, sum); x++) {
    const kept = from === 'left' ? 2 * x < sum : 2 * x > sum;
    if (!kept) continue;
    for (let row = 0; row < data.length; row += size) out[row + sum - x] = MIRROR_PARTNER[data[row + x]!]!;
  }
  return { data: out, size };
}

const LEFT_EYE = classIndexOf('l_eye');
const RIGHT_EYE = classIndexOf('r_eye');
const SKIN = classIndexOf('skin');

/**
 * The vertical line that halves the face: midway between the eyes' centres; without both eyes through the skin's centre; without
 * skin the mask's own centre line.
 *
 * @returns x in mask pixels, to half a pixel, so that pixels mirror onto pixels
 */
export function fittedAxis(mask: ClassMask): number {
  const [left, right] = [centreColumn(mask, LEFT_EYE), centreColumn(mask, RIGHT_EYE)];
  const axis = left !== null && right !== null ? (left + right) / 2 : centreColumn(mask, SKIN);
  return Math.round(2 * (axis ?? mask.size / 2)) / 2;
}

/** Mean x of a class's pixel centres, or `null` where it has none. */
function centreColumn({ data, size }: ClassMask, classIndex: number): number | null {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== classIndex) continue;
    sum += (i % size) + 0.5;
    count++;
  }
  return count === 0 ? null : sum / count;
}
