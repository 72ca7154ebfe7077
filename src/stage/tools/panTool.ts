import type { Point } from '../../mask/raster';
import type { Tool } from './tool';

/** Moves the view with the pointer. */
export function createPanTool(): Tool {
  let last: Point | null = null;
  return {
    cursor: 'grab',
    // The keyboard has no use for a hand: its view follows the cursor.
    press: 'tap',
    begin(_context, sample) {
      last = sample.screen;
    },
    move({ panBy }, samples) {
      const screen = samples.at(-1)?.screen;
      if (!last || !screen) return;
      panBy(screen.x - last.x, screen.y - last.y);
      last = screen;
    },
    end() {
      last = null;
      return 'The view follows the cursor.';
    },
    cancel() {
      last = null;
    },
  };
}
