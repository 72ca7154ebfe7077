import { CLASS_COUNT } from './classes';

/** A face mask: `size` × `size` bytes, row by row from the top left, each a class index 0–18. Its truth is these bytes, never a canvas. */
export interface ClassMask {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly size: number;
}

/** Side of the painter's mask in pixels; packs take their own size by nearest neighbour. */
export const MASK_SIZE = 512;

/** An all-background mask. */
export function createMask(size: number = MASK_SIZE): ClassMask {
  return { data: new Uint8Array(size * size), size };
}

/** Whether the bytes are a square mask of known classes: what every door into the painter checks. */
export function isValidMask(mask: ClassMask): boolean {
  const { data, size } = mask;
  return (
    Number.isInteger(size) && size > 0 && data.length === size * size && data.every((value) => value < CLASS_COUNT)
  );
}
