import { Konva } from 'konva/lib/Core';
import { Image as KonvaImage } from 'konva/lib/shapes/Image';
import { Rect as KonvaRect } from 'konva/lib/shapes/Rect';
import type { ClassMask } from '../mask/classMask';
import type { Rect } from '../mask/rect';
import { Chrome, type ChromeState } from './chrome';
import { MaskView } from './maskView';
import type { MaskStyle } from './stageSettings';
import type { Size, Viewport } from './viewport';

/** More would cost four times the pixels for no visible gain. */
const MAX_PIXEL_RATIO = 2;
/** Device pixels a mask pixel may take before it is shown as a hard square instead of smoothed. */
const HARD_PIXELS_FROM = 4;
const PAPER = '#f4f1ec';

/** The canvases of the painter, from the back: paper and picture, mask, cursor. Nothing is drawn before a `draw…` call. */
export class Scene {
  readonly #stage: InstanceType<typeof Konva.Stage>;
  readonly #base = new Konva.Layer({ listening: false });
  readonly #mask = new Konva.Layer({ listening: false });
  readonly #chrome = new Chrome();
  readonly #underlay: KonvaImage;
  readonly #maskImage: KonvaImage;
  readonly #view: MaskView;
  readonly #maskSize: number;

  constructor(host: HTMLElement, mask: ClassMask) {
    const container = document.createElement('div');
    // Pointers are the host's own business: Konva would only repeat the work.
    container.style.cssText = 'position:absolute;inset:0;pointer-events:none';
    host.append(container);
    Konva.autoDrawEnabled = false;
    this.#stage = new Konva.Stage({ container, width: 1, height: 1, listening: false });
    this.#maskSize = mask.size;
    const side = { width: mask.size, height: mask.size };
    this.#view = new MaskView(mask);
    this.#underlay = new KonvaImage({ ...side, image: undefined, visible: false });
    this.#maskImage = new KonvaImage({ ...side, image: this.#view.canvas });
    this.#base.add(new KonvaRect({ ...side, fill: PAPER }), this.#underlay);
    this.#mask.add(this.#maskImage);
    this.#stage.add(this.#base, this.#mask, this.#chrome.layer);
  }

  destroy(): void {
    const container = this.#stage.container();
    this.#stage.destroy();
    container.remove();
  }

  /** Also follows the window from one screen to another of a different density. */
  resize(size: Size): void {
    const ratio = Math.min(window.devicePixelRatio, MAX_PIXEL_RATIO);
    for (const layer of this.#stage.getLayers()) layer.getCanvas().setPixelRatio(ratio);
    this.#stage.size(size);
  }

  setOpacity(opacity: number): void {
    this.#maskImage.opacity(opacity);
  }

  setUnderlay(image: CanvasImageSource | null): void {
    this.#underlay.image(image ?? undefined);
    this.#underlay.visible(image !== null);
  }

  setStyle(style: MaskStyle, hidden: readonly number[]): void {
    this.#view.setStyle(style, hidden);
  }

  invalidate(rect: Rect): void {
    this.#view.invalidate(rect);
  }

  /** Paper, picture and mask, where the viewport puts them. */
  drawAll({ scale, x, y }: Viewport): void {
    for (const layer of [this.#base, this.#mask]) layer.setAttrs({ scaleX: scale, scaleY: scale, x, y });
    this.#mask.imageSmoothingEnabled(scale * this.#mask.getCanvas().getPixelRatio() < HARD_PIXELS_FROM);
    this.#base.draw();
    this.drawMask();
  }

  drawMask(): void {
    this.#view.upload();
    this.#mask.draw();
  }

  drawChrome(state: ChromeState, viewport: Viewport): void {
    this.#chrome.draw(state, viewport, this.#stage.size(), this.#maskSize);
  }
}
