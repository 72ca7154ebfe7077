import { pickAt } from './pickTool';
import type { Sample, Tool } from './tool';

/** CSS pixels that a press may slip and still count as one. */
const STILL = 4;

/** A press with Alt picks the class; dragged sideways, it sets the brush's size, the ring's edge keeping up with the pointer. */
export function createSizeTool(): Tool {
  let pressed: Sample | null = null;
  /** CSS pixels where the drag became one, and the brush's size then. */
  let drag: { x: number; size: number } | null = null;
  function finish(): void {
    pressed = drag = null;
  }
  return {
    cursor: 'size',
    press: 'tap',
    begin(_context, sample) {
      finish();
      pressed = sample;
    },
    move({ brushSize, scale, setBrushSize }, samples) {
      const screen = samples.at(-1)?.screen;
      if (!pressed || !screen) return;
      const slipped = Math.hypot(screen.x - pressed.screen.x, screen.y - pressed.screen.y);
      if (drag) setBrushSize(Math.max(1, Math.round(drag.size + (2 * (screen.x - drag.x)) / scale)));
      else if (slipped > STILL) drag = { x: screen.x, size: brushSize };
    },
    end(context) {
      const words = pressed && !drag ? pickAt(context, pressed) : '';
      finish();
      return words;
    },
    cancel({ setBrushSize }) {
      if (drag) setBrushSize(drag.size);
      finish();
    },
  };
}
