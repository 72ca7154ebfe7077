import { CLASS_COUNT } from '../mask/classes';
import type { ClassMask } from '../mask/classMask';
import { fullRect, unionRect, type Rect } from '../mask/rect';
import { BORDER_REACH, traceBorders } from './borders';
import { tileTable } from './patterns';
import type { MaskStyle } from './stageSettings';

/** Colours of `INSIDE`, `HALO` and `LINE`: nothing, near white, near black. In this machine's byte order. */
const BORDER_COLOURS = new Uint32Array(
  Uint8Array.from([0, 0, 0, 0, 0xff, 0xff, 0xff, 0xd0, 0x14, 0x14, 0x18, 0xff]).buffer,
);

/** A canvas that shows a mask's bytes in one of the styles. Changes are collected and uploaded once a frame. */
export class MaskView {
  readonly canvas: HTMLCanvasElement;
  readonly #mask: ClassMask;
  readonly #context: CanvasRenderingContext2D;
  readonly #image: ImageData;
  readonly #pixels: Uint32Array;
  #dirty: Rect | null;
  #style: MaskStyle = 'colours';
  #hidden: readonly number[] = [];
  #tiles = tileTable(false, []);
  /** Class index → region, as `traceBorders` takes it: hidden classes are one. */
  #regions = regionsOf([]);

  constructor(mask: ClassMask) {
    this.#mask = mask;
    this.canvas = document.createElement('canvas');
    this.canvas.width = this.canvas.height = mask.size;
    this.#context = this.canvas.getContext('2d')!;
    this.#image = new ImageData(mask.size, mask.size);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#dirty = fullRect(mask.size);
  }

  setStyle(style: MaskStyle, hidden: readonly number[]): void {
    if (style === this.#style && hidden.join() === this.#hidden.join()) return;
    this.#style = style;
    this.#hidden = hidden;
    this.#tiles = tileTable(style === 'patterns', hidden);
    this.#regions = regionsOf(hidden);
    this.#dirty = fullRect(this.#mask.size);
  }

  invalidate(rect: Rect): void {
    this.#dirty = unionRect(this.#dirty, rect);
  }

  /** Uploads what has changed. @returns whether anything had */
  upload(): boolean {
    if (!this.#dirty) return false;
    const isOutlines = this.#style === 'outlines';
    const rect = isOutlines ? grown(this.#dirty, this.#mask.size) : this.#dirty;
    this.#dirty = null;
    if (isOutlines) this.#drawBorders(rect);
    else this.#drawTiles(rect);
    this.#context.putImageData(this.#image, 0, 0, rect.x, rect.y, rect.width, rect.height);
    return true;
  }

  #drawTiles(rect: Rect): void {
    const { data, size } = this.#mask;
    const [pixels, tiles] = [this.#pixels, this.#tiles];
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      const tileRow = (y & 7) << 3;
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        const i = y * size + x;
        pixels[i] = tiles[(data[i]! << 6) | tileRow | (x & 7)]!;
      }
    }
  }

  #drawBorders(rect: Rect): void {
    const pixels = this.#pixels;
    traceBorders(this.#mask, rect, this.#regions, (offset, kind) => {
      pixels[offset] = BORDER_COLOURS[kind]!;
    });
  }
}

function regionsOf(hidden: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: CLASS_COUNT }, (_, index) => (hidden.includes(index) ? CLASS_COUNT : index));
}

/** A change is seen as far around it as borders reach. */
function grown(rect: Rect, size: number): Rect {
  const x = Math.max(rect.x - BORDER_REACH, 0);
  const y = Math.max(rect.y - BORDER_REACH, 0);
  const right = Math.min(rect.x + rect.width + BORDER_REACH, size);
  const bottom = Math.min(rect.y + rect.height + BORDER_REACH, size);
  return { x, y, width: right - x, height: bottom - y };
}
