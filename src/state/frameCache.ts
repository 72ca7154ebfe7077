/** The frames of the last run. Bitmaps hold memory outside the JavaScript heap, so they are closed by hand. */
import type { StepFrame } from '../diffusion/shared/types';

export class FrameCache {
  #frames: StepFrame[] = [];

  get count(): number {
    return this.#frames.length;
  }

  /** Appends the next step's frame and owns it from here on. */
  add(frame: StepFrame): void {
    this.#frames.push(frame);
  }

  /** @param step 1 … count */
  at(step: number): StepFrame | undefined {
    return this.#frames[step - 1];
  }

  clear(): void {
    for (const frame of this.#frames) frame.preview.close();
    this.#frames = [];
  }
}
