import { MIRROR_PARTNER } from './classes';
import type { ClassMask } from './classMask';

/** The mask as seen in a mirror: flipped left to right, with left and right classes swapped. */
export function mirrorMask(mask: ClassMask): ClassMask {
  const { data, size } = mask;
  const out = new Uint8Array(data.length);
  for (let row = 0; row < data.length; row += size) {
    for (let x = 0; x < size; x++) out[row + size - 1 - x] = MIRROR_PARTNER[data[row + x]!]!;
  }
  return { data: out, size };
}
