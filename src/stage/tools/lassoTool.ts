import type { Point } from '../../mask/raster';
import { paintShape } from './marks';
import type { Sample, Tool } from './tool';

/** CSS pixels: positions closer together than this would make the outline longer, but not truer. */
const SPACING = 1;

/** Fills what the pointer has drawn around. */
export function createLassoTool(): Tool {
  let points: Point[] = [];
  let last: Sample | null = null;
  function finish(): void {
    points = [];
    last = null;
  }
  return {
    cursor: 'crosshair',
    press: 'drag',
    begin(_context, sample) {
      points = [sample];
      last = sample;
    },
    move(_context, samples) {
      for (const sample of samples) {
        if (!last) return;
        const { screen } = sample;
        if (Math.hypot(screen.x - last.screen.x, screen.y - last.screen.y) < SPACING) continue;
        points.push(sample);
        last = sample;
      }
    },
    end(context) {
      const outline = points;
      finish();
      return paintShape(context, 'Lasso', outline, 'Lasso filled.');
    },
    cancel: finish,
    outline: () => (last ? { points, isClosed: true, handle: null } : null),
  };
}
