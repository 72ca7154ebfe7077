/** From the painter's bytes to what a condition encoder reads. */
import { AppError } from './errors';

/** Throws MASK_INVALID unless `mask` is a square of `size`² class indices below `classes`. */
export function checkMask(mask: Uint8Array, size: number, classes: number): void {
  const cure = 'Clear the canvas or load another mask.';
  if (!Number.isInteger(size) || size < 1 || mask.length !== size * size) {
    throw new AppError('MASK_INVALID', `The mask should hold ${size} × ${size} values but holds ${mask.length}.`, cure);
  }
  const wrong = mask.findIndex((value) => value >= classes);
  if (wrong >= 0) {
    throw new AppError(
      'MASK_INVALID',
      `The mask has the value ${mask[wrong]} at row ${Math.floor(wrong / size)}, column ${wrong % size}; classes go from 0 to ${classes - 1}.`,
      cure,
    );
  }
}

/** One plane for every class: 1 where the mask has it, else 0. @returns classes × `mask.length` */
export function maskToOneHot(mask: Uint8Array, classes: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(classes * mask.length);
  for (const [place, value] of mask.entries()) out[value * mask.length + place] = 1;
  return out;
}

/**
 * Means of a plane over height × width equal blocks.
 * @param plane `size`², row by row; both sides divide `size`  @returns height × width
 */
export function blockMeans(
  plane: Float32Array,
  size: number,
  [height, width]: readonly [number, number],
): Float32Array<ArrayBuffer> {
  const [rows, columns] = [size / height, size / width];
  const out = new Float32Array(height * width);
  for (const [i, value] of plane.entries()) {
    const block = Math.floor(i / size / rows) * width + Math.floor((i % size) / columns);
    out[block]! += value / (rows * columns);
  }
  return out;
}
