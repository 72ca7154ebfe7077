import { floodFill } from '../../mask/fill';
import { mirrorPoint } from '../../mask/mirror';
import { classInk, commitAs, mirrorInk } from './marks';
import type { Tool } from './tool';

/** Fills the region under the pointer when it goes down; the gesture becomes a step of the history when it is let go. */
export function createFillTool(): Tool {
  return {
    cursor: 'crosshair',
    press: 'tap',
    begin(context, sample) {
      const { document, axis, fill } = context;
      const ink = classInk(context);
      const mask = document.live;
      const x = Math.floor(sample.x);
      const y = Math.floor(sample.y);
      document.begin('Fill');
      if (axis === null) {
        document.touch(floodFill(mask, x, y, ink, fill));
        return;
      }
      // By the pixel's centre: mirrored by its corner it would come to lie one pixel too far.
      const imageX = Math.floor(mirrorPoint({ x: x + 0.5, y }, axis).x);
      const before = mask.data[y * mask.size + imageX];
      document.touch(floodFill(mask, x, y, ink, fill));
      // A region that reaches across the axis is filled already: its other half must keep the class.
      if (mask.data[y * mask.size + imageX] !== before) return;
      document.touch(floodFill(mask, imageX, y, mirrorInk(ink), fill));
    },
    move() {},
    end: ({ document }) => commitAs(document, 'Filled.'),
    cancel: ({ document }) => document.abort(),
  };
}
