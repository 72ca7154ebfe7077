import type { ClassMask } from '../mask/classMask';
import type { Rect } from '../mask/rect';

/** Mask pixels that a border's line and halo reach from where two classes meet. */
export const BORDER_REACH = 2;

/** What a pixel is to the borders around it. */
export const INSIDE = 0;
export const HALO = 1;
export const LINE = 2;

/**
 * Finds the lines between classes: two pixels wide, one on either side, with a halo of one more pixel on both sides.
 *
 * @param region class index → number of its region; classes with the same number have no border between them
 * @param mark is told of every pixel of the rectangle: its offset, and `INSIDE`, `HALO` or `LINE`
 */
export function traceBorders(
  { data, size }: ClassMask,
  rect: Rect,
  region: Uint8Array,
  mark: (offset: number, kind: number) => void,
): void {
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const row = y * size;
    // Beyond the mask's edge the outermost pixels go on, so that the edge is no border.
    const above = Math.max(y - 1, 0) * size;
    const below = Math.min(y + 1, size - 1) * size;
    const farAbove = Math.max(y - 2, 0) * size;
    const farBelow = Math.min(y + 2, size - 1) * size;
    for (let x = rect.x; x < rect.x + rect.width; x++) {
      const own = region[data[row + x]!];
      const left = Math.max(x - 1, 0);
      const right = Math.min(x + 1, size - 1);
      const meets =
        region[data[row + left]!] !== own ||
        region[data[row + right]!] !== own ||
        region[data[above + x]!] !== own ||
        region[data[below + x]!] !== own;
      const isNear =
        region[data[above + left]!] !== own ||
        region[data[above + right]!] !== own ||
        region[data[below + left]!] !== own ||
        region[data[below + right]!] !== own ||
        region[data[row + Math.max(x - 2, 0)]!] !== own ||
        region[data[row + Math.min(x + 2, size - 1)]!] !== own ||
        region[data[farAbove + x]!] !== own ||
        region[data[farBelow + x]!] !== own;
      mark(row + x, meets ? LINE : isNear ? HALO : INSIDE);
    }
  }
}
