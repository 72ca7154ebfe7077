import type { Point } from '../mask/raster';
import { Modifiers, type Keys } from './modifiers';
import type { Contact, GestureId } from './tools/tool';

/** A pointer position in CSS pixels from the host's top left. */
export interface ScreenSample extends Point, Contact {}

/** What pointers ask for. A tool gesture is begun, moved, then ended or cancelled; never two at a time. */
export interface PointerSink {
  /** @param gesture what the button, pen end or held key asks for, or `null` for the chosen tool */
  beginTool(sample: ScreenSample, gesture: GestureId | null): void;
  moveTool(samples: readonly ScreenSample[]): void;
  endTool(): void;
  cancelTool(): void;
  /** The pointer hovers or draws here; `null` when it has left or is a finger, which hides the spot anyway. */
  hover(sample: ScreenSample | null): void;
  /** Two fingers moved from one pair of places to another, or one finger did while a pen is in use. */
  pinch(from: readonly Point[], to: readonly Point[]): void;
  zoom(factor: number, at: Point): void;
  scaleBrush(factor: number): void;
  doubleClick(at: Point): void;
}

/** What a held key makes of every press. */
export type HeldGesture = Extract<GestureId, 'pan' | 'zoom' | 'pick'>;

const MIDDLE_BUTTON = 1;
const RIGHT_BUTTON = 2;
/** Bit of `buttons` that a pen's eraser end sets. */
const ERASER_BUTTON = 32;
/** Zoom of one wheel pixel, as a power of e: a notch of 100 pixels zooms by about 1.2. */
const ZOOM_PER_WHEEL_PIXEL = 0.0018;
/** Trackpads report a pinch as a wheel with Ctrl, in far smaller numbers. */
const ZOOM_PER_PINCH_PIXEL = 0.01;
/** Growth of the brush by one wheel pixel with Ctrl, as a power of e: a notch of 100 pixels by about a fifth. */
const SIZE_PER_WHEEL_PIXEL = 0.0018;
/** CSS pixels within which a handle is hit. */
const REACH = 12;
const FINGER_REACH = 22;
/** A wheel that counts lines (Firefox) instead of pixels. */
const PIXELS_PER_LINE = 16;
const MAX_FINGERS = 2;
/** Which held key wins over the others. */
const HELD_ORDER: readonly HeldGesture[] = ['pan', 'zoom', 'pick'];

/**
 * Native pointer, wheel and focus events of the host turned into gestures. Konva is not asked: it keeps one position for all
 * pointers, and reports a cancelled pointer as lifted.
 */
export class PointerInput {
  readonly #host: HTMLElement;
  readonly #sink: PointerSink;
  readonly #abort = new AbortController();
  readonly #modifiers: Modifiers;
  /** Gestures whose key is held. */
  readonly #held = new Set<HeldGesture>();
  readonly #fingers = new Map<number, Point>();
  /** The pointer that runs a tool. */
  #drawing: { id: number; type: string } | null = null;
  /** Once a pen was seen, fingers and palms only move the view. */
  #penMode = false;
  /** After two fingers no finger draws until all are lifted, so that the last one to leave makes no dot. */
  #blocked = false;
  /** The last position of the pointer that draws, and of the one that hovers. */
  #last: ScreenSample | null = null;
  #hovering: ScreenSample | null = null;

  constructor(host: HTMLElement, sink: PointerSink) {
    this.#host = host;
    this.#sink = sink;
    const options = { signal: this.#abort.signal };
    host.addEventListener('pointerdown', (event) => this.#down(event), options);
    host.addEventListener('pointermove', (event) => this.#move(event), options);
    host.addEventListener('pointerup', (event) => this.#up(event), options);
    host.addEventListener('pointercancel', (event) => this.#cancel(event), options);
    host.addEventListener('lostpointercapture', (event) => this.#cancel(event), options);
    host.addEventListener('pointerleave', () => this.#hover(null), options);
    host.addEventListener('dblclick', (event) => this.#sink.doubleClick(this.#place(event)), options);
    host.addEventListener('contextmenu', (event) => event.preventDefault(), options);
    host.addEventListener('wheel', (event) => this.#wheel(event), { ...options, passive: false });
    window.addEventListener('blur', () => this.#cancelAll(), options);
    this.#modifiers = new Modifiers(host, this.#abort.signal, (keys) => this.#changeKeys(keys));
  }

  /** What a press would do now because of a held key; `null` when it runs the chosen tool. */
  get held(): HeldGesture | null {
    return HELD_ORDER.find((gesture) => this.#held.has(gesture)) ?? null;
  }

  hold(gesture: HeldGesture, isHeld: boolean): void {
    if (isHeld) this.#held.add(gesture);
    else this.#held.delete(gesture);
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
    const sample = (this.#last = this.#sample(event));
    this.#hover(event.pointerType === 'touch' ? null : sample);
    this.#sink.beginTool(sample, this.#gestureOf(event));
  }

  #gestureOf(event: PointerEvent): GestureId | null {
    if (event.button === MIDDLE_BUTTON) return 'pan';
    if (this.held) return this.held;
    if (event.altKey) return 'size';
    return event.buttons & ERASER_BUTTON ? 'eraser' : null;
  }

  #move(event: PointerEvent): void {
    const rect = this.#host.getBoundingClientRect();
    if (event.pointerType !== 'touch') this.#hover(this.#sample(event, rect));
    if (this.#drawing?.id === event.pointerId) {
      const samples = this.#coalesced(event, rect);
      this.#last = samples.at(-1) ?? null;
      this.#sink.moveTool(samples);
    } else if (this.#fingers.has(event.pointerId)) this.#fingerMove(event);
  }

  #hover(sample: ScreenSample | null): void {
    this.#hovering = sample;
    this.#sink.hover(sample);
  }

  /** A key that changes while the pointer rests is told at the place where it rests. */
  #changeKeys(keys: Keys): void {
    if (this.#hovering) this.#hover({ ...this.#hovering, ...keys });
    if (this.#drawing && this.#last) {
      this.#last = { ...this.#last, ...keys };
      this.#sink.moveTool([this.#last]);
    }
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
    this.#held.clear();
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
    if (event.ctrlKey && this.#modifiers.isCtrlHeld) {
      this.#sink.scaleBrush(Math.exp(-pixels * SIZE_PER_WHEEL_PIXEL));
      return;
    }
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
  #coalesced(event: PointerEvent, rect: DOMRect): ScreenSample[] {
    const events = event.getCoalescedEvents?.() ?? [];
    return (events.length > 0 ? events : [event]).map((each) => this.#sample(each, rect));
  }

  #sample(event: PointerEvent, rect: DOMRect = this.#host.getBoundingClientRect()): ScreenSample {
    return {
      ...this.#place(event, rect),
      pressure: event.pointerType === 'pen' ? event.pressure : null,
      shift: event.shiftKey,
      ctrl: event.ctrlKey || event.metaKey,
      reach: event.pointerType === 'touch' ? FINGER_REACH : REACH,
      time: event.timeStamp,
    };
  }

  #place(event: MouseEvent, rect: DOMRect = this.#host.getBoundingClientRect()): Point {
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }
}
