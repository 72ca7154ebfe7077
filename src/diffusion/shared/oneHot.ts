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
export function blockMeans(plane: Float32Array, size: number, sides: Sides): Float32Array<ArrayBuffer> {
  const out = new Float32Array(sides[0] * sides[1]);
  for (const [i, value] of plane.entries()) out[blockOf(i, size, sides)]! += (value * out.length) / plane.length;
  return out;
}

/** Which of height × width equal blocks of a mask have pixels of more than one class, as for `blockMeans`. */
export function mixedBlocks(mask: Uint8Array, size: number, sides: Sides): boolean[] {
  const first = new Map<number, number>();
  const out = Array.from({ length: sides[0] * sides[1] }, () => false);
  for (const [i, value] of mask.entries()) {
    const block = blockOf(i, size, sides);
    if (!first.has(block)) first.set(block, value);
    if (first.get(block) !== value) out[block] = true;
  }
  return out;
}

/** Height and width, in blocks. */
type Sides = readonly [number, number];

/** The block of the i-th of `size`² values, row by row. */
function blockOf(i: number, size: number, [height, width]: Sides): number {
  const row = Math.floor((Math.floor(i / size) * height) / size);
  return row * width + Math.floor(((i % size) * width) / size);
}
