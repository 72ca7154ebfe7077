import { clamp } from '../../lib/clamp';
import type { Tool } from './tool';

/** Drags the mirror axis by its knob, in steps of half a mask pixel: only there do pixels mirror onto pixels. */
export function createAxisTool(): Tool {
  /** Mask pixels: the axis as it was, and how far from it the knob was grabbed. */
  let grab: { axis: number; offset: number } | null = null;
  return {
    cursor: 'axis',
    press: 'drag',
    begin({ axis }, sample) {
      grab = axis === null ? null : { axis, offset: sample.x - axis };
    },
    move({ document, moveAxis }, samples) {
      const sample = samples.at(-1);
      if (!grab || !sample) return;
      const x = Math.round((sample.x - grab.offset) * 2) / 2;
      moveAxis(clamp(x, 0, document.live.size));
    },
    end() {
      grab = null;
      return '';
    },
    cancel({ moveAxis }) {
      if (grab) moveAxis(grab.axis);
      grab = null;
    },
  };
}
