/** The square of a photo that becomes the aligned face (models/contracts/README.md, “Editing a photo”). */
import type { Point } from '../mask/raster';
import type { Rect } from '../mask/rect';
import type { Patch } from './picture';

export interface Crop {
  /** Centre in photo pixels: continuous, pixel centres at + 0.5. */
  readonly x: number;
  readonly y: number;
  /** Side in photo pixels. */
  readonly size: number;
  /** Radians, clockwise on the screen. */
  readonly angle: number;
}

/** Where nobody has found a face: as large a share of the shorter side, and as far down, as in a usual portrait. */
const USUAL_SHARE = 0.65;
const USUAL_HEIGHT = 0.42;
/** So that a crop of a whole multiple is not sampled once more for an error in the last digit. */
const ROUNDING = 1e-9;
/** Pixels of the patch beyond the crop, so that sampling at its border reads real neighbours. */
const MARGIN = 2;

export function usualCrop(width: number, height: number): Crop {
  return { x: width / 2, y: height * USUAL_HEIGHT, size: Math.min(width, height) * USUAL_SHARE, angle: 0 };
}

/** The photo's point at the crop's unit coordinates. */
export function toPhoto({ x, y, size, angle }: Crop, u: number, v: number): Point {
  const [across, down] = [size * (u - 0.5), size * (v - 0.5)];
  return {
    x: x + across * Math.cos(angle) - down * Math.sin(angle),
    y: y + across * Math.sin(angle) + down * Math.cos(angle),
  };
}

/** The crop's unit coordinates of a photo's point. */
export function toUnit({ x, y, size, angle }: Crop, point: Point): { u: number; v: number } {
  const [dx, dy] = [point.x - x, point.y - y];
  return {
    u: 0.5 + (dx * Math.cos(angle) + dy * Math.sin(angle)) / size,
    v: 0.5 + (dy * Math.cos(angle) - dx * Math.sin(angle)) / size,
  };
}

/** The same crop on the photo at another scale. */
export function scaleCrop({ x, y, size, angle }: Crop, factor: number): Crop {
  return { x: x * factor, y: y * factor, size: size * factor, angle };
}

export function corners(crop: Crop): [Point, Point, Point, Point] {
  return [toPhoto(crop, 0, 0), toPhoto(crop, 1, 0), toPhoto(crop, 1, 1), toPhoto(crop, 0, 1)];
}

/** The photo's whole pixels that the crop touches; never empty, as long as the crop's centre lies in the photo. */
export function boundsOf(crop: Crop, width: number, height: number): Rect {
  const points = corners(crop);
  const hold = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const left = hold(Math.floor(Math.min(...points.map(({ x }) => x))) - MARGIN, width - 1);
  const top = hold(Math.floor(Math.min(...points.map(({ y }) => y))) - MARGIN, height - 1);
  const right = hold(Math.ceil(Math.max(...points.map(({ x }) => x))) + MARGIN, width);
  const bottom = hold(Math.ceil(Math.max(...points.map(({ y }) => y))) + MARGIN, height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The crop as a picture: area-averaged when shrinking, bilinear when growing, edge pixels repeated outside the photo.
 *
 * @param patch at least `boundsOf(crop)` of the photo
 * @returns RGBA, `size` squared, opaque
 */
export function sampleCrop(patch: Patch, crop: Crop, size: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(size * size * 4);
  const across = Math.max(1, Math.ceil(crop.size / size - ROUNDING));
  const count = across * across;
  const step = crop.size / (size * across);
  const [cos, sin] = [Math.cos(crop.angle) * step, Math.sin(crop.angle) * step];
  const origin = toPhoto(crop, 0, 0);
  const sum = new Float64Array(3);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      sum.fill(0);
      for (let i = 0; i < count; i++) {
        const right = column * across + (i % across) + 0.5;
        const down = row * across + Math.floor(i / across) + 0.5;
        addSample(patch, origin.x + right * cos - down * sin, origin.y + right * sin + down * cos, sum);
      }
      const at = (row * size + column) * 4;
      for (let c = 0; c < 3; c++) out[at + c] = sum[c]! / count;
      out[at + 3] = 255;
    }
  }
  return out;
}

/** Adds the bilinear value at a point of the photo. */
function addSample({ pixels, width, height, x, y }: Patch, px: number, py: number, sum: Float64Array): void {
  const column = Math.min(width - 1, Math.max(0, px - x - 0.5));
  const row = Math.min(height - 1, Math.max(0, py - y - 0.5));
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [fx, fy] = [column - left, row - top];
  const a = (top * width + left) * 4;
  const b = left + 1 < width ? a + 4 : a;
  const below = top + 1 < height ? width * 4 : 0;
  for (let c = 0; c < 3; c++) {
    const upper = pixels[a + c]! + (pixels[b + c]! - pixels[a + c]!) * fx;
    const lower = pixels[a + below + c]! + (pixels[b + below + c]! - pixels[a + below + c]!) * fx;
    sum[c]! += upper + (lower - upper) * fy;
  }
}
