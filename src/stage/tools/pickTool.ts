import { faceClass } from '../../mask/classes';
import type { Point } from '../../mask/raster';
import type { Tool, ToolContext } from './tool';

/** Takes the class under the pointer when it is let go. */
export function createPickTool(): Tool {
  let last: Point | null = null;
  return {
    cursor: 'crosshair',
    press: 'tap',
    begin(_context, sample) {
      last = sample;
    },
    move(_context, samples) {
      last = samples.at(-1) ?? last;
    },
    end(context) {
      const words = last ? pickAt(context, last) : '';
      last = null;
      return words;
    },
    cancel() {
      last = null;
    },
  };
}

/** @returns what has happened, in words */
export function pickAt({ document, pickClass }: ToolContext, { x, y }: Point): string {
  const { data, size } = document.live;
  if (x < 0 || y < 0 || x >= size || y >= size) return 'Nothing picked.';
  const index = data[Math.floor(y) * size + Math.floor(x)]!;
  pickClass(index);
  return `${faceClass(index).label} picked.`;
}
