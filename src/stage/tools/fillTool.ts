import { MIRROR_PARTNER } from '../../mask/classes';
import { floodFill } from '../../mask/fill';
import type { Tool } from './tool';

/** Fills the region under the pointer when it goes down; the gesture becomes a step of the history when it is let go. */
export function createFillTool(): Tool {
  return {
    cursor: 'crosshair',
    begin({ document, classIndex, symmetry }, sample) {
      document.begin('Fill');
      const mask = document.live;
      const x = Math.floor(sample.x);
      const y = Math.floor(sample.y);
      const mirrored = mask.size - 1 - x;
      const before = mask.data[y * mask.size + mirrored];
      document.touch(floodFill(mask, x, y, classIndex));
      // A region that reaches across the centre line is filled already: its other half must keep the class.
      if (symmetry && mask.data[y * mask.size + mirrored] === before) {
        document.touch(floodFill(mask, mirrored, y, MIRROR_PARTNER[classIndex]!));
      }
    },
    move() {},
    end: ({ document }) => document.commit(),
    cancel: ({ document }) => document.abort(),
  };
}
