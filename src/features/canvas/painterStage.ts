import type { MaskStage } from '../../stage/maskStage';

/** The canvas on the page: its stage, and how to speak to people who cannot see it. */
interface Connected {
  readonly stage: MaskStage;
  readonly announce: (message: string) => void;
}

let connected: Connected | null = null;

/** @returns the function that ends it */
export function connectStage(canvas: Connected): () => void {
  connected = canvas;
  return () => {
    if (connected === canvas) connected = null;
  };
}

export function currentStage(): MaskStage | null {
  return connected?.stage ?? null;
}

/** Says something through the canvas's live region. */
export function announce(message: string): void {
  connected?.announce(message);
}
