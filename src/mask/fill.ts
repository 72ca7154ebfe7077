import type { ClassMask } from './classMask';
import { narrowedRegion } from './gaps';
import type { Ink } from './ink';
import type { Rect } from './rect';
import { paintRuns, regionRuns, type Connectivity } from './region';

export interface FillOptions {
  /** With 4 a diagonal one-pixel line holds the fill back, with 8 it does not. */
  readonly connectivity: Connectivity;
  /** Gaps up to this many mask pixels wide hold the fill back; 0 for none. */
  readonly closeGaps: number;
}

/**
 * Paints the region of one class around a pixel.
 *
 * @param x, y whole mask pixels; outside the mask nothing happens, nor where the class there may not be covered
 * @returns the rectangle around the region, or `null` when nothing was painted
 */
export function floodFill(mask: ClassMask, x: number, y: number, ink: Ink, options: FillOptions): Rect | null {
  const { data, size } = mask;
  if (x < 0 || y < 0 || x >= size || y >= size) return null;
  const seed = y * size + x;
  const target = data[seed]!;
  if (ink.source === target || ink.covers?.[target] === 0) return null;
  const runs =
    options.closeGaps > 0
      ? narrowedRegion(mask, seed, options.connectivity, options.closeGaps)
      : regionRuns(data, size, seed, options.connectivity, new Uint8Array(data.length));
  return paintRuns(mask, runs, ink);
}
