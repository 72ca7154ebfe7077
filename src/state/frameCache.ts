/** The frames of the last run. Bitmaps hold memory outside the JavaScript heap, so they are closed by hand. */
import type { StepFrame } from '../diffusion/shared/types';

export class FrameCache {
  #frames: StepFrame[] = [];

  /** In the order of steps. A slow page may have been spared some: steps can be missing. */
  get all(): readonly StepFrame[] {
    return this.#frames;
  }

  /** Appends a later step's frame and owns it from here on. */
  add(frame: StepFrame): void {
    this.#frames.push(frame);
  }

  /** The frame of a step (1 … total), or of the last one before it that came; `undefined` when there is none. */
  at(step: number): StepFrame | undefined {
    return this.#frames.findLast((frame) => frame.step <= step);
  }

  clear(): void {
    for (const frame of this.#frames) frame.preview.close();
    this.#frames = [];
  }
}
