import type { ClassMask } from './classMask';

/**
 * The mask at another size by nearest neighbour, which invents no class: pixel i takes source pixel
 * floor((i + 0.5) · source / target), as models/contracts fixes it.
 */
export function resampleMask(mask: ClassMask, size: number): ClassMask {
  if (size === mask.size) return mask;
  const out = new Uint8Array(size * size);
  const source = Uint32Array.from({ length: size }, (_, i) => Math.floor(((i + 0.5) * mask.size) / size));
  for (let y = 0; y < size; y++) {
    const from = source[y]! * mask.size;
    for (let x = 0; x < size; x++) out[y * size + x] = mask.data[from + source[x]!]!;
  }
  return { data: out, size };
}
