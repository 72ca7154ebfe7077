import type { MaskDocument } from '../mask/maskDocument';
import type { Point } from '../mask/raster';
import { KeyboardCursor } from './keyboardCursor';
import { PointerInput, type PointerSink, type ScreenSample } from './pointerInput';
import { Scene } from './scene';
import type { Sample, Tool, ToolContext, ToolId } from './tools/tool';
import { createTools } from './tools/tools';
import {
  clampViewport,
  fitViewport,
  panViewport,
  toMask,
  toScreen,
  zoomViewport,
  type Size,
  type Viewport,
} from './viewport';

export interface StageSettings {
  readonly tool: ToolId;
  readonly classIndex: number;
  /** Diameter in mask pixels. */
  readonly brushSize: number;
  readonly symmetry: boolean;
  /** Of the mask over what lies underneath, 0–1. */
  readonly opacity: number;
}

export interface Zoom {
  /** CSS pixels per mask pixel. */
  readonly scale: number;
  /** Whether the whole mask is shown as large as it goes. */
  readonly isFitted: boolean;
}

export interface StageCallbacks {
  onPickClass(index: number): void;
  /** After every change of the view. */
  onZoom(zoom: Zoom): void;
  /** Something to say to people who cannot see the canvas. */
  onAnnounce(message: string): void;
}

/**
 * The painter's engine on one host element: layers, view, pointers and tools. It paints into the document's bytes directly;
 * nobody is told before a gesture is committed, so painting costs neither React nor a store.
 */
export class MaskStage implements PointerSink {
  readonly keyboard: KeyboardCursor;
  readonly #host: HTMLElement;
  readonly #document: MaskDocument;
  readonly #callbacks: StageCallbacks;
  readonly #scene: Scene;
  readonly #tools: Record<ToolId, Tool> = createTools();
  readonly #pointers: PointerInput;
  readonly #observer: ResizeObserver;
  readonly #stopListening: () => void;
  readonly #context: ToolContext;
  #settings: StageSettings;
  #size: Size = { width: 1, height: 1 };
  #viewport: Viewport = { scale: 1, x: 0, y: 0 };
  /** Whether the view follows the host's size; ends with the first zoom or pan. */
  #fitted = true;
  /** What `onZoom` heard last: panning is not its business. */
  #told: Zoom | null = null;
  #running: Tool | null = null;
  #hover: Point | null = null;
  #frame = 0;
  #isDestroyed = false;
  #redraw = { scene: true, mask: true, chrome: true };

  constructor(host: HTMLElement, document: MaskDocument, settings: StageSettings, callbacks: StageCallbacks) {
    this.#host = host;
    this.#document = document;
    this.#settings = settings;
    this.#callbacks = callbacks;
    this.#scene = new Scene(host, document.live);
    this.#scene.setOpacity(settings.opacity);
    this.#context = this.#createContext();
    this.keyboard = new KeyboardCursor(this, document.live.size);
    this.#pointers = new PointerInput(host, this);
    this.#stopListening = document.onPaint((rect) => {
      this.#scene.invalidate(rect);
      this.#schedule('mask');
    });
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(host);
    this.#resize();
  }

  destroy(): void {
    this.#pointers.destroy();
    this.#observer.disconnect();
    this.#stopListening();
    cancelAnimationFrame(this.#frame);
    this.#isDestroyed = true;
    this.#scene.destroy();
  }

  configure(settings: StageSettings): void {
    if (settings.tool !== this.#settings.tool) this.cancelTool();
    this.#settings = settings;
    this.#scene.setOpacity(settings.opacity);
    this.#schedule('mask');
    this.#schedule('chrome');
  }

  /** A picture under the mask, stretched to it; `null` for paper. */
  setUnderlay(image: CanvasImageSource | null): void {
    this.#scene.setUnderlay(image);
    this.#schedule('scene');
  }

  /** The view that shows the whole mask, and keeps showing it when the host changes its size. */
  fit(): void {
    this.#fitted = true;
    this.#setViewport(fitViewport(this.#size, this.#document.live.size));
  }

  zoom(factor: number, at: Point = { x: this.#size.width / 2, y: this.#size.height / 2 }): void {
    this.#fitted = false;
    this.#setViewport(zoomViewport(this.#viewport, factor, at));
  }

  /** Held Space turns every pointer into a hand. */
  holdPan(held: boolean): void {
    this.#pointers.spaceHeld = held;
    this.#schedule('chrome');
  }

  beginTool(sample: ScreenSample, tool: ToolId | null): void {
    this.keyboard.hide();
    this.#begin(this.#tools[tool ?? this.#settings.tool], this.#toSample(sample));
  }

  moveTool(samples: readonly ScreenSample[]): void {
    this.#running?.move(
      this.#context,
      samples.map((sample) => this.#toSample(sample)),
    );
  }

  endTool(): void {
    this.#running?.end(this.#context);
    this.#running = null;
  }

  cancelTool(): void {
    this.#running?.cancel(this.#context);
    this.#running = null;
    this.keyboard.penLifted();
  }

  hover(at: Point | null): void {
    this.#hover = at;
    this.#schedule('chrome');
  }

  pinch(from: readonly Point[], to: readonly Point[]): void {
    const [before, after] = [centre(from), centre(to)];
    const factor = from.length === 2 ? spread(to) / Math.max(spread(from), 1) : 1;
    this.#fitted = false;
    this.#setViewport(
      panViewport(zoomViewport(this.#viewport, factor, before), after.x - before.x, after.y - before.y),
    );
  }

  /** For the keyboard: a tool gesture at a mask point. */
  beginAt(point: Point): boolean {
    this.#begin(this.#tools[this.#settings.tool], this.#atMask(point));
    return this.#settings.tool === 'brush' || this.#settings.tool === 'eraser';
  }

  moveTo(point: Point): void {
    this.#running?.move(this.#context, [this.#atMask(point)]);
    this.#schedule('chrome');
  }

  announce(message: string): void {
    this.#callbacks.onAnnounce(message);
  }

  classAt(point: Point): number {
    const { data, size } = this.#document.live;
    return data[Math.floor(point.y) * size + Math.floor(point.x)]!;
  }

  redrawCursor(): void {
    this.#schedule('chrome');
  }

  #begin(tool: Tool, sample: Sample): void {
    this.cancelTool();
    this.#running = tool;
    tool.begin(this.#context, sample);
  }

  #createContext(): ToolContext {
    const settings = () => this.#settings;
    return {
      document: this.#document,
      get classIndex() {
        return settings().classIndex;
      },
      get brushRadius() {
        return settings().brushSize / 2;
      },
      get symmetry() {
        return settings().symmetry;
      },
      pickClass: (index) => this.#callbacks.onPickClass(index),
      panBy: (dx, dy) => {
        this.#fitted = false;
        this.#setViewport(panViewport(this.#viewport, dx, dy));
      },
    };
  }

  #toSample(sample: ScreenSample): Sample {
    return { ...toMask(this.#viewport, sample), screen: sample, pressure: sample.pressure };
  }

  #atMask(point: Point): Sample {
    return { ...point, screen: toScreen(this.#viewport, point), pressure: null };
  }

  #setViewport(viewport: Viewport): void {
    this.#viewport = clampViewport(viewport, this.#size, this.#document.live.size);
    this.#schedule('scene');
    const zoom = { scale: this.#viewport.scale, isFitted: this.#fitted };
    if (zoom.scale === this.#told?.scale && zoom.isFitted === this.#told.isFitted) return;
    this.#told = zoom;
    this.#callbacks.onZoom(zoom);
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#host;
    this.#size = { width: Math.max(clientWidth, 1), height: Math.max(clientHeight, 1) };
    this.#scene.resize(this.#size);
    if (this.#fitted) this.fit();
    else this.#setViewport(this.#viewport);
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
    if (scene) this.#scene.drawAll(this.#viewport);
    else if (mask) this.#scene.drawMask();
    this.#drawChrome();
  }

  #drawChrome(): void {
    const { tool, brushSize, symmetry } = this.#settings;
    const keyboard = this.keyboard.point;
    const hand = this.#pointers.spaceHeld || this.#tools[tool].cursor === 'grab';
    const ring = !hand && this.#tools[tool].cursor === 'ring';
    const cursor = keyboard ? toScreen(this.#viewport, keyboard) : hand ? null : this.#hover;
    const ringRadius = ring ? brushSize / 2 : null;
    this.#scene.drawChrome({ cursor, ringRadius, showCross: keyboard !== null || !ring, symmetry }, this.#viewport);
    this.#host.style.cursor = hand ? 'grab' : 'none';
  }
}

function centre(points: readonly Point[]): Point {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function spread(points: readonly Point[]): number {
  const [a, b] = points;
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 1;
}
