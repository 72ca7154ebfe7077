/** What hands and keys do to the crop box. All keep its centre in the photo, and its side within limits. */
import { clamp } from '../../lib/clamp';
import type { Crop } from '../../photo/crop';
import type { ShownPhoto } from '../../state/editSlice';
import type { Point } from '../../mask/raster';

type Size = Pick<ShownPhoto, 'width' | 'height'>;

/** Photo pixels: less holds no face. */
const LEAST_SIDE = 32;
const QUARTER = Math.PI / 2;

/** Of the photo's longer side: faces that fill a photo need room around them. */
const MOST_SHARE = 1.5;

export function sideLimits({ width, height }: Size): { min: number; max: number } {
  return { min: LEAST_SIDE, max: Math.round(Math.max(width, height) * MOST_SHARE) };
}

/** The nearest crop that is allowed. */
export function held(crop: Crop, photo: Size): Crop {
  const { min, max } = sideLimits(photo);
  return {
    x: clamp(crop.x, 0, photo.width),
    y: clamp(crop.y, 0, photo.height),
    size: clamp(crop.size, min, max),
    angle: wrapped(crop.angle),
  };
}

export type Grip = 'move' | 'size' | 'turn';

/** The crop after its grip was dragged from one point of the photo to another. */
export function dragged(crop: Crop, grip: Grip, from: Point, to: Point): Crop {
  if (grip === 'move') return { ...crop, x: crop.x + to.x - from.x, y: crop.y + to.y - from.y };
  const [before, after] = [from, to].map((point) => ({
    distance: Math.hypot(point.x - crop.x, point.y - crop.y),
    angle: Math.atan2(point.y - crop.y, point.x - crop.x),
  }));
  if (grip === 'turn') return { ...crop, angle: crop.angle + after!.angle - before!.angle };
  return { ...crop, size: (crop.size * after!.distance) / Math.max(before!.distance, 1) };
}

/** Shares of the side that a key moves the box and changes its size by; with Shift, `LARGE` times as much. */
const MOVE = 0.01;
const GROW = 1.02;
const TURN = Math.PI / 180;
const LARGE = 8;

/** The crop after a key, or `null` if the key is none of the box's. */
export function nudged(crop: Crop, key: string, isLarge: boolean): Crop | null {
  const times = isLarge ? LARGE : 1;
  const step = crop.size * MOVE * times;
  switch (key) {
    case 'ArrowLeft':
      return { ...crop, x: crop.x - step };
    case 'ArrowRight':
      return { ...crop, x: crop.x + step };
    case 'ArrowUp':
      return { ...crop, y: crop.y - step };
    case 'ArrowDown':
      return { ...crop, y: crop.y + step };
    case '+':
    case '=':
      return { ...crop, size: crop.size * GROW ** times };
    case '-':
      return { ...crop, size: crop.size / GROW ** times };
    case ',':
    case '<':
      return { ...crop, angle: crop.angle - TURN * times };
    case '.':
    case '>':
      return { ...crop, angle: crop.angle + TURN * times };
    default:
      return null;
  }
}

export function turnedByQuarter(crop: Crop, direction: 1 | -1): Crop {
  return { ...crop, angle: crop.angle + direction * QUARTER };
}

/** The same angle within half a turn either way. */
function wrapped(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
