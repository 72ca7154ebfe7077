import type { MaskDocument } from '../mask/maskDocument';
import type { Point } from '../mask/raster';
import { Gestures } from './gestures';
import type { KeyboardCursor } from './keyboardCursor';
import { PointerInput } from './pointerInput';
import { Scene } from './scene';
import { SizePreview } from './sizePreview';
import type { StageCallbacks, StageSettings } from './stageSettings';
import type { ToolCursor } from './tools/tool';
import { View } from './view';
import { toScreen } from './viewport';

export type { StageCallbacks, StageSettings, Zoom } from './stageSettings';

/** The host's own pointer: hidden where the stage draws one. */
const CSS_CURSORS: Record<ToolCursor, string> = {
  ring: 'none',
  crosshair: 'none',
  size: 'none',
  grab: 'grab',
  zoom: 'zoom-in',
  axis: 'ew-resize',
};

/**
 * The painter's engine on one host element: layers, view, pointers and tools. It paints into the document's bytes directly;
 * nobody is told before a gesture is committed, so painting costs neither React nor a store.
 */
export class MaskStage {
  readonly #host: HTMLElement;
  readonly #scene: Scene;
  readonly #view: View;
  readonly #gestures: Gestures;
  readonly #pointers: PointerInput;
  readonly #preview = new SizePreview(() => this.#schedule('chrome'));
  readonly #observer: ResizeObserver;
  readonly #stopListening: readonly (() => void)[];
  #settings: StageSettings;
  #frame = 0;
  #isDestroyed = false;
  #redraw = { scene: true, mask: true, chrome: true };

  constructor(host: HTMLElement, document: MaskDocument, settings: StageSettings, callbacks: StageCallbacks) {
    this.#host = host;
    this.#settings = settings;
    this.#scene = new Scene(host, document.live);
    this.#view = new View(
      document.live.size,
      () => this.#schedule('scene'),
      (zoom) => callbacks.onZoom(zoom),
    );
    this.#gestures = new Gestures({
      document,
      view: this.#view,
      callbacks,
      settings: () => this.#settings,
      redraw: () => this.#schedule('chrome'),
    });
    this.#pointers = new PointerInput(host, this.#gestures);
    this.#stopListening = [
      document.onPaint((rect) => {
        this.#scene.invalidate(rect);
        this.#schedule('mask');
      }),
      // A mask that changes under an open gesture (undo, import) is no longer the one that it was made for.
      document.subscribe(() => this.#gestures.cancelGesture()),
    ];
    this.#applySettings();
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(host);
    this.#resize();
  }

  destroy(): void {
    this.#pointers.destroy();
    this.#gestures.cancelGesture();
    this.#preview.destroy();
    this.#observer.disconnect();
    for (const stop of this.#stopListening) stop();
    cancelAnimationFrame(this.#frame);
    this.#isDestroyed = true;
    this.#scene.destroy();
  }

  get keyboard(): KeyboardCursor {
    return this.#gestures.keyboard;
  }

  configure(settings: StageSettings): void {
    const before = this.#settings;
    if (settings.tool !== before.tool) this.#gestures.cancelGesture();
    else if (settings.brushSize !== before.brushSize) this.#preview.show();
    this.#settings = settings;
    this.#applySettings();
  }

  /** Whether `cancelGesture` would take something back. */
  get hasGesture(): boolean {
    return this.#gestures.hasGesture;
  }

  /** Takes back the gesture at hand, corners of a polygon included; what undo should try first. @returns whether there was one */
  cancelGesture(): boolean {
    return this.#gestures.cancelGesture();
  }

  /** A picture under the mask, stretched to it; `null` for paper. */
  setUnderlay(image: CanvasImageSource | null): void {
    this.#scene.setUnderlay(image);
    this.#schedule('scene');
  }

  /** The view that shows the whole mask, and keeps showing it when the host changes its size. */
  fit(): void {
    this.#view.fit();
  }

  /** @param at CSS pixels from the host's top left; the middle unless told */
  zoom(factor: number, at: Point = this.#view.centre): void {
    this.#view.zoom(factor, at);
  }

  /** Held Space turns every pointer into a hand. */
  holdPan(held: boolean): void {
    this.#pointers.hold('pan', held);
    this.#schedule('chrome');
  }

  /** While Z is held, dragging zooms. */
  holdZoom(held: boolean): void {
    this.#pointers.hold('zoom', held);
    this.#schedule('chrome');
  }

  /** While I is held, a press picks the class. */
  holdPick(held: boolean): void {
    this.#pointers.hold('pick', held);
    this.#schedule('chrome');
  }

  #applySettings(): void {
    this.#scene.setOpacity(this.#settings.opacity);
    this.#scene.setStyle(this.#settings.maskStyle, this.#settings.hidden);
    this.#schedule('mask');
    this.#schedule('chrome');
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#host;
    const size = { width: Math.max(clientWidth, 1), height: Math.max(clientHeight, 1) };
    this.#scene.resize(size);
    this.#view.resize(size);
    // A canvas that changes its size goes blank: without a drawing before the next paint it would flash.
    cancelAnimationFrame(this.#frame);
    this.#draw();
  }

  #schedule(part: 'scene' | 'mask' | 'chrome'): void {
    this.#redraw[part] = true;
    if (this.#frame === 0 && !this.#isDestroyed) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Once a frame at most, and only the layers that changed. */
  #draw(): void {
    this.#frame = 0;
    const { scene, mask } = this.#redraw;
    this.#redraw = { scene: false, mask: false, chrome: false };
    if (scene) this.#scene.drawAll(this.#view.viewport);
    else if (mask) this.#scene.drawMask();
    this.#drawChrome();
  }

  #drawChrome(): void {
    const { brushSize, axis } = this.#settings;
    const keyboard = this.keyboard.point;
    const look = this.#look();
    const isDrawn = CSS_CURSORS[look] === 'none';
    const isRing = look === 'ring' || look === 'size' || this.#preview.isShown;
    const pointer = isDrawn || this.#preview.isShown ? this.#gestures.pointer : null;
    const resting = this.#preview.isShown ? this.#view.centre : null;
    this.#scene.drawChrome(
      {
        cursor: keyboard ? toScreen(this.#view.viewport, keyboard) : (pointer ?? resting),
        ringRadius: isRing ? brushSize / 2 : null,
        showCross: keyboard !== null || !isRing,
        axis,
        outline: this.#gestures.outline,
      },
      this.#view.viewport,
    );
    this.#host.style.cursor = CSS_CURSORS[look];
  }

  /** A held key shows what the next press would do. */
  #look(): ToolCursor {
    const { held } = this.#pointers;
    if (held === 'pan') return 'grab';
    if (held === 'zoom') return 'zoom';
    return held === 'pick' ? 'crosshair' : this.#gestures.cursor;
  }
}
