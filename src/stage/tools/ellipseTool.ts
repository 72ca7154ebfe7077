import type { Point } from '../../mask/raster';
import { ellipseOutline } from '../../mask/shapes';
import { paintShape } from './marks';
import type { Sample, Tool } from './tool';

/** Fills the ellipse in the dragged box: a circle with Shift, around the pressed place with Ctrl. */
export function createEllipseTool(): Tool {
  let from: Point | null = null;
  let to: Sample | null = null;
  const points = (): Point[] => (from && to ? ellipseOutline(from, to, { circle: to.shift, fromCentre: to.ctrl }) : []);
  function finish(): void {
    from = to = null;
  }
  return {
    cursor: 'crosshair',
    press: 'drag',
    begin(_context, sample) {
      from = to = sample;
    },
    move(_context, samples) {
      if (from) to = samples.at(-1) ?? to;
    },
    end(context) {
      const outline = points();
      finish();
      return paintShape(context, 'Ellipse', outline, 'Ellipse filled.');
    },
    cancel: finish,
    outline: () => (from ? { points: points(), isClosed: true, handle: null } : null),
  };
}
