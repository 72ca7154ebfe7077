import type { Point } from '../../mask/raster';
import type { Tool } from './tool';

/** Zoom of one dragged CSS pixel, as a power of e: 100 pixels to the right zoom by about 2.7. */
const ZOOM_PER_PIXEL = 0.01;

/** For pens, which have no wheel: dragging to the right or up zooms in around the place that was pressed, left or down out. */
export function createZoomTool(): Tool {
  let from: Point | null = null;
  let last: Point | null = null;
  return {
    cursor: 'zoom',
    press: 'tap',
    begin(_context, sample) {
      from = last = sample.screen;
    },
    move({ zoomBy }, samples) {
      const screen = samples.at(-1)?.screen;
      if (!from || !last || !screen) return;
      zoomBy(Math.exp((screen.x - last.x - (screen.y - last.y)) * ZOOM_PER_PIXEL), from);
      last = screen;
    },
    end() {
      from = last = null;
      return '';
    },
    cancel() {
      from = last = null;
    },
  };
}
