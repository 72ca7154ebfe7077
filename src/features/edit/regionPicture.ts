import { clamp } from '../../lib/clamp';
import type { Point } from '../../mask/raster';

/** What may not change is darkened, what may is tinted at its rim. */
const DARK = [10, 14, 18, 150] as const;
const RIM = [255, 255, 255, 255] as const;

/** @param region 1 where something may change, `size` squared */
export function paintRegion(region: Uint8Array, size: number): ImageData {
  const image = new ImageData(size, size);
  for (let i = 0; i < region.length; i++) {
    if (region[i] === 0) image.data.set(DARK, i * 4);
    else if (isRim(region, size, i)) image.data.set(RIM, i * 4);
  }
  return image;
}

function isRim(region: Uint8Array, size: number, i: number): boolean {
  const [x, y] = [i % size, Math.floor(i / size)];
  const isOut = (dx: number, dy: number) => {
    const [nx, ny] = [x + dx, y + dy];
    return nx >= 0 && ny >= 0 && nx < size && ny < size && region[ny * size + nx] === 0;
  };
  return isOut(-1, 0) || isOut(1, 0) || isOut(0, -1) || isOut(0, 1);
}

/**
 * Paints a stroke with a round brush.
 *
 * @param from in [0, 1]² of the picture, as `to`
 * @param radius as a share of the side
 */
export function paintDisc(
  region: Uint8Array,
  size: number,
  from: Point,
  to: Point,
  radius: number,
  value: 0 | 1,
): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  for (let i = 0; i < region.length; i++) {
    const [x, y] = [((i % size) + 0.5) / size - from.x, (Math.floor(i / size) + 0.5) / size - from.y];
    const along = length === 0 ? 0 : clamp((x * dx + y * dy) / length, 0, 1);
    if (Math.hypot(x - along * dx, y - along * dy) <= radius) region[i] = value;
  }
}
