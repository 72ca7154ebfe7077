/** The square of a photo that becomes the aligned face (models/contracts/README.md, “Editing a photo”). */
import { clamp } from '../lib/clamp';
import { sampleSquare, toPicture, type Square } from '../lib/square';
import type { Point } from '../mask/raster';
import type { Rect } from '../mask/rect';
import type { Patch } from './picture';

/** In photo pixels. */
export type Crop = Square;

/** Where nobody has found a face: as large a share of the shorter side, and as far down, as in a usual portrait. */
const USUAL_SHARE = 0.65;
const USUAL_HEIGHT = 0.42;
/** Pixels of the patch beyond the crop, so that sampling at its border reads real neighbours. */
const MARGIN = 2;

export function usualCrop(width: number, height: number): Crop {
  return { x: width / 2, y: height * USUAL_HEIGHT, size: Math.min(width, height) * USUAL_SHARE, angle: 0 };
}

/** The same crop on the photo at another scale. */
export function scaleCrop({ x, y, size, angle }: Crop, factor: number): Crop {
  return { x: x * factor, y: y * factor, size: size * factor, angle };
}

export function corners(crop: Crop): [Point, Point, Point, Point] {
  const at = (x: number, y: number): Point => toPicture(crop, { x, y });
  return [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
}

/** The photo's whole pixels that the crop touches; never empty, as long as the crop's centre lies in the photo. */
export function boundsOf(crop: Crop, width: number, height: number): Rect {
  const points = corners(crop);
  const left = clamp(Math.floor(Math.min(...points.map(({ x }) => x))) - MARGIN, 0, width - 1);
  const top = clamp(Math.floor(Math.min(...points.map(({ y }) => y))) - MARGIN, 0, height - 1);
  const right = clamp(Math.ceil(Math.max(...points.map(({ x }) => x))) + MARGIN, 0, width);
  const bottom = clamp(Math.ceil(Math.max(...points.map(({ y }) => y))) + MARGIN, 0, height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The crop as a picture: area-averaged when shrinking, bilinear when growing, edge pixels repeated outside the photo.
 *
 * @param patch at least `boundsOf(crop)` of the photo
 * @returns RGBA, `size` squared, opaque
 */
export function sampleCrop(patch: Patch, crop: Crop, size: number): Uint8ClampedArray<ArrayBuffer> {
  return sampleSquare(patch, crop, size, 'edge');
}
