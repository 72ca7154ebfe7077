/** Pixels in memory: RGBA, row by row from the top left. */
export interface Picture {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** A part of a photo, with where its top left pixel lies in it. */
export interface Patch extends Picture {
  readonly x: number;
  readonly y: number;
}
