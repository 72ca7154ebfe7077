import { FACE_CLASSES, parseColour } from '../mask/classes';
import type { ClassMask } from '../mask/classMask';
import { fullRect, unionRect, type Rect } from '../mask/rect';

const OPAQUE = 0xff;

/** Class index → the four bytes of its display colour, in this machine's byte order. */
const DISPLAY_COLOURS = new Uint32Array(
  Uint8Array.from(FACE_CLASSES.flatMap((row) => parseColour(row.displayColour).concat(OPAQUE))).buffer,
);

/** A canvas that shows a mask's bytes in the display colours. Changes are collected and uploaded once a frame. */
export class MaskView {
  readonly canvas: HTMLCanvasElement;
  readonly #mask: ClassMask;
  readonly #context: CanvasRenderingContext2D;
  readonly #image: ImageData;
  readonly #pixels: Uint32Array;
  #dirty: Rect | null;

  constructor(mask: ClassMask) {
    this.#mask = mask;
    this.canvas = document.createElement('canvas');
    this.canvas.width = this.canvas.height = mask.size;
    this.#context = this.canvas.getContext('2d')!;
    this.#image = new ImageData(mask.size, mask.size);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#dirty = fullRect(mask.size);
  }

  invalidate(rect: Rect): void {
    this.#dirty = unionRect(this.#dirty, rect);
  }

  /** Uploads what has changed. @returns whether anything had */
  upload(): boolean {
    const dirty = this.#dirty;
    if (!dirty) return false;
    this.#dirty = null;
    const { data, size } = this.#mask;
    for (let y = dirty.y; y < dirty.y + dirty.height; y++) {
      const end = y * size + dirty.x + dirty.width;
      for (let i = y * size + dirty.x; i < end; i++) this.#pixels[i] = DISPLAY_COLOURS[data[i]!]!;
    }
    this.#context.putImageData(this.#image, 0, 0, dirty.x, dirty.y, dirty.width, dirty.height);
    return true;
  }
}
