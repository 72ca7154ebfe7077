import type { Point } from '../mask/raster';
import type { ToolId } from './tools/tool';

/** A pointer position in CSS pixels from the host's top left, with pen pressure (0–1) or `null`. */
export interface ScreenSample extends Point {
  readonly pressure: number | null;
}

/** What pointers ask for. A tool gesture is begun, moved, then ended or cancelled; never two at a time. */
export interface PointerSink {
  /** @param tool the tool that the button, pen end or held key asks for, or `null` for the chosen one */
  beginTool(sample: ScreenSample, tool: ToolId | null): void;
  moveTool(samples: readonly ScreenSample[]): void;
  endTool(): void;
  cancelTool(): void;
  /** The pointer hovers or draws here; `null` when it has left or is a finger, which hides the spot anyway. */
  hover(at: Point | null): void;
  /** Two fingers moved from one pair of places to another, or one finger did while a pen is in use. */
  pinch(from: readonly Point[], to: readonly Point[]): void;
  zoom(factor: number, at: Point): void;
}

const MIDDLE_BUTTON = 1;
const RIGHT_BUTTON = 2;
/** Bit of `buttons` that a pen's eraser end sets. */
const ERASER_BUTTON = 32;
/** Zoom of one wheel pixel, as a power of e: a notch of 100 pixels zooms by about 1.2. */
const ZOOM_PER_WHEEL_PIXEL = 0.0018;
/** Trackpads report a pinch as a wheel with Ctrl, in far smaller numbers. */
const ZOOM_PER_PINCH_PIXEL = 0.01;
/** A wheel that counts lines (Firefox) instead of pixels. */
const PIXELS_PER_LINE = 16;
const MAX_FINGERS = 2;

/**
 * Native pointer, wheel and focus events of the host turned into gestures. Konva is not asked: it keeps one position for all
 * pointers, and reports a cancelled pointer as lifted.
 */
export class PointerInput {
  readonly #host: HTMLElement;
  readonly #sink: PointerSink;
  readonly #abort = new AbortController();
  readonly #fingers = new Map<number, Point>();
  /** The pointer that runs a tool. */
  #drawing: { id: number; type: string } | null = null;
  /** Once a pen was seen, fingers and palms only move the view. */
  #penMode = false;
  /** After two fingers no finger draws until all are lifted, so that the last one to leave makes no dot. */
  #blocked = false;
  /** While Space is held, pointers move the view. */
  spaceHeld = false;

  constructor(host: HTMLElement, sink: PointerSink) {
    this.#host = host;
    this.#sink = sink;
    const options = { signal: this.#abort.signal };
    host.addEventListener('pointerdown', (event) => this.#down(event), options);
    host.addEventListener('pointermove', (event) => this.#move(event), options);
    host.addEventListener('pointerup', (event) => this.#up(event), options);
    host.addEventListener('pointercancel', (event) => this.#cancel(event), options);
    host.addEventListener('lostpointercapture', (event) => this.#cancel(event), options);
    host.addEventListener('pointerleave', () => this.#sink.hover(null), options);
    host.addEventListener('contextmenu', (event) => event.preventDefault(), options);
    host.addEventListener('wheel', (event) => this.#wheel(event), { ...options, passive: false });
    window.addEventListener('blur', () => this.#cancelAll(), options);
  }

  destroy(): void {
    this.#cancelAll();
    this.#abort.abort();
  }

  #down(event: PointerEvent): void {
    if (event.button === RIGHT_BUTTON) return;
    // A second mouse button or a text selection must not start; focus is taken by hand, as this also stops the browser's own.
    event.preventDefault();
    this.#host.focus({ preventScroll: true });
    if (event.pointerType === 'touch') this.#fingerDown(event);
    else this.#startTool(event);
  }

  #fingerDown(event: PointerEvent): void {
    if (this.#drawing && this.#drawing.type !== 'touch') return;
    if (this.#fingers.size >= MAX_FINGERS) return;
    this.#capture(event);
    this.#fingers.set(event.pointerId, this.#place(event));
    if (this.#fingers.size === MAX_FINGERS) {
      this.#cancelTool();
      this.#blocked = true;
    } else if (!this.#penMode && !this.#blocked) {
      this.#startTool(event);
    }
  }

  #startTool(event: PointerEvent): void {
    if (event.pointerType === 'pen') {
      this.#penMode = true;
      this.#dropFingers();
    }
    if (this.#drawing) return;
    this.#capture(event);
    this.#drawing = { id: event.pointerId, type: event.pointerType };
    this.#sink.hover(event.pointerType === 'touch' ? null : this.#place(event));
    this.#sink.beginTool(this.#sample(event), this.#toolOf(event));
  }

  #toolOf(event: PointerEvent): ToolId | null {
    if (event.button === MIDDLE_BUTTON || this.spaceHeld) return 'pan';
    if (event.altKey) return 'pick';
    return event.buttons & ERASER_BUTTON ? 'eraser' : null;
  }

  #move(event: PointerEvent): void {
    if (event.pointerType !== 'touch') this.#sink.hover(this.#place(event));
    if (this.#drawing?.id === event.pointerId) this.#sink.moveTool(this.#coalesced(event));
    else if (this.#fingers.has(event.pointerId)) this.#fingerMove(event);
  }

  #fingerMove(event: PointerEvent): void {
    const from = [...this.#fingers.values()];
    this.#fingers.set(event.pointerId, this.#place(event));
    if (this.#fingers.size === MAX_FINGERS || this.#penMode) this.#sink.pinch(from, [...this.#fingers.values()]);
  }

  #up(event: PointerEvent): void {
    const drew = this.#drawing?.id === event.pointerId;
    if (drew) {
      this.#drawing = null;
      this.#sink.endTool();
    }
    this.#release(event.pointerId);
  }

  /** Also called when capture is lost after a normal `pointerup`: by then the pointer is forgotten and nothing happens. */
  #cancel(event: PointerEvent): void {
    if (this.#drawing?.id === event.pointerId) this.#cancelTool();
    this.#release(event.pointerId);
  }

  #cancelAll(): void {
    this.#cancelTool();
    this.#dropFingers();
    this.spaceHeld = false;
  }

  #cancelTool(): void {
    if (!this.#drawing) return;
    this.#drawing = null;
    this.#sink.cancelTool();
  }

  /** A pen takes over: what fingers or a palm have begun is taken back. */
  #dropFingers(): void {
    if (this.#drawing?.type === 'touch') this.#cancelTool();
    this.#fingers.clear();
    this.#blocked = false;
  }

  #release(pointerId: number): void {
    this.#fingers.delete(pointerId);
    if (this.#fingers.size === 0) this.#blocked = false;
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * PIXELS_PER_LINE;
    const perPixel = event.ctrlKey ? ZOOM_PER_PINCH_PIXEL : ZOOM_PER_WHEEL_PIXEL;
    this.#sink.zoom(Math.exp(-pixels * perPixel), this.#place(event));
  }

  #capture(event: PointerEvent): void {
    try {
      this.#host.setPointerCapture(event.pointerId);
    } catch {
      // The pointer has gone already (a quick tap, or a synthetic event): its events still arrive while over the host.
    }
  }

  /** All positions since the last event; the browser includes the event's own. */
  #coalesced(event: PointerEvent): ScreenSample[] {
    const events = event.getCoalescedEvents?.() ?? [];
    const rect = this.#host.getBoundingClientRect();
    return (events.length > 0 ? events : [event]).map((each) => this.#sample(each, rect));
  }

  #sample(event: PointerEvent, rect: DOMRect = this.#host.getBoundingClientRect()): ScreenSample {
    return { ...this.#place(event, rect), pressure: event.pointerType === 'pen' ? event.pressure : null };
  }

  #place(event: MouseEvent, rect: DOMRect = this.#host.getBoundingClientRect()): Point {
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }
}
