/** Squares of a picture, turned and at any place: their geometry, and sampling them (models/contracts/README.md, "Editing a photo"). */
import { clamp } from './clamp';

export interface Square {
  /** Centre in the picture's pixels: continuous, pixel centres at + 0.5. */
  readonly x: number;
  readonly y: number;
  /** Side in the picture's pixels. */
  readonly size: number;
  /** Radians, clockwise on the screen. */
  readonly angle: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** RGBA, row by row. */
interface Pixels {
  readonly pixels: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** Of a part of a picture: its first pixel's column and row there. Places are always the whole picture's. */
  readonly x?: number;
  readonly y?: number;
}

/** So that a square of a whole multiple is not sampled once more for an error in the last digit. */
const ROUNDING = 1e-9;

/** The picture's point at unit coordinates (0 … 1) of the square. */
export function toPicture({ x, y, size, angle }: Square, unit: Place): Place {
  const [across, down] = [size * (unit.x - 0.5), size * (unit.y - 0.5)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: x + across * cos - down * sin, y: y + across * sin + down * cos };
}

/** The square's unit coordinates of a point of the picture. */
export function toUnit({ x, y, size, angle }: Square, place: Place): Place {
  const [dx, dy] = [(place.x - x) / size, (place.y - y) / size];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: 0.5 + dx * cos + dy * sin, y: 0.5 - dx * sin + dy * cos };
}

/**
 * A square of a picture as `size` × `size` opaque RGBA pixels. Each is the mean of n × n bilinear samples, n the square's side over
 * `size`, rounded up: an average over its area when the square is shrunk.
 * @param outside what lies beyond the picture: its edge pixels, repeated, or black
 */
export function sampleSquare(
  picture: Pixels,
  square: Square,
  size: number,
  outside: 'edge' | 'black',
): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(size * size * 4);
  const fine = Math.max(1, Math.ceil(square.size / size - ROUNDING));
  const step = square.size / (size * fine);
  const [cos, sin] = [Math.cos(square.angle) * step, Math.sin(square.angle) * step];
  const origin = toPicture(square, { x: 0, y: 0 });
  const { x: minX = 0, y: minY = 0, width, height } = picture;
  const sum = new Float64Array(3);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      sum.fill(0);
      for (let i = 0; i < fine * fine; i++) {
        const right = column * fine + (i % fine) + 0.5;
        const down = row * fine + Math.floor(i / fine) + 0.5;
        const x = origin.x + right * cos - down * sin;
        const y = origin.y + right * sin + down * cos;
        const isInside = x >= minX && y >= minY && x <= minX + width && y <= minY + height;
        if (isInside || outside === 'edge') addSample(picture, x, y, sum);
      }
      const at = (row * size + column) * 4;
      for (let channel = 0; channel < 3; channel++) out[at + channel] = sum[channel]! / (fine * fine);
      out[at + 3] = 255;
    }
  }
  return out;
}

/** Adds the bilinear value at a point of the picture. */
function addSample(
  { pixels, width, height, x: minX = 0, y: minY = 0 }: Pixels,
  x: number,
  y: number,
  sum: Float64Array,
): void {
  const column = clamp(x - 0.5, minX, minX + width - 1);
  const row = clamp(y - 0.5, minY, minY + height - 1);
  const [fx, fy] = [column - Math.floor(column), row - Math.floor(row)];
  const [left, top] = [Math.floor(column) - minX, Math.floor(row) - minY];
  const a = (top * width + left) * 4;
  const right = left + 1 < width ? 4 : 0;
  const below = top + 1 < height ? width * 4 : 0;
  for (let channel = 0; channel < 3; channel++) {
    const at = a + channel;
    const upper = pixels[at]! + (pixels[at + right]! - pixels[at]!) * fx;
    const lower = pixels[at + below]! + (pixels[at + below + right]! - pixels[at + below]!) * fx;
    sum[channel]! += upper + (lower - upper) * fy;
  }
}
