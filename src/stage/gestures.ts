import { faceClass } from '../mask/classes';
import { fittedAxis } from '../mask/mirror';
import type { Point } from '../mask/raster';
import { KeyboardCursor, type KeyboardHost } from './keyboardCursor';
import { knobPlace } from './knob';
import type { PointerSink, ScreenSample } from './pointerInput';
import type { StageSettings } from './stageSettings';
import { createToolContext, type Surroundings } from './toolContext';
import type { GestureId, Outline, Sample, Tool, ToolContext, ToolCursor } from './tools/tool';
import { createTools } from './tools/tools';
import { toMask, toScreen } from './viewport';

/** CSS pixels around the axis' knob that a double click may hit: fingers do this too. */
const DOUBLE_CLICK_REACH = 22;
/** The tools that paint with the chosen class say which. */
const NAMES: Record<StageSettings['tool'], (className: string) => string> = {
  brush: (name) => `Brush, ${name}`,
  eraser: () => 'Eraser',
  fill: (name) => `Fill, ${name}`,
  lasso: (name) => `Lasso, ${name}`,
  polygon: (name) => `Polygon, ${name}`,
  ellipse: (name) => `Ellipse, ${name}`,
  pick: () => 'Pick',
  pan: () => 'Pan',
};

/** Runs the tools: one press at a time, from a pointer or from the keyboard's cursor. */
export class Gestures implements PointerSink, KeyboardHost {
  readonly keyboard: KeyboardCursor;
  readonly #around: Surroundings;
  readonly #tools = createTools();
  readonly #context: ToolContext;
  #running: Tool | null = null;
  #hover: ScreenSample | null = null;
  /** A size in parts of a pixel, so that small turns of a wheel add up. */
  #exactSize = 0;

  constructor(surroundings: Surroundings) {
    this.#around = surroundings;
    this.#context = createToolContext(surroundings);
    this.keyboard = new KeyboardCursor(this, surroundings.document.live.size);
  }

  /** CSS pixels; `null` when no pointer is over the host, or it is a finger. */
  get pointer(): Point | null {
    return this.#hover;
  }

  /** What a press here and now would run, or does run already. */
  get cursor(): ToolCursor {
    if (this.#running) return this.#running.cursor;
    if (this.#hover && this.#isOnKnob(this.#hover, this.#hover.reach)) return 'axis';
    return this.#chosen.cursor;
  }

  get outline(): Outline | null {
    return this.#running?.outline?.(this.#context) ?? this.#tools.polygon.outline?.(this.#context) ?? null;
  }

  beginTool(sample: ScreenSample, gesture: GestureId | null): void {
    this.keyboard.hide();
    const isKnob = gesture === null && this.#isOnKnob(sample, sample.reach);
    this.#begin(isKnob ? 'axis' : (gesture ?? this.#around.settings().tool), this.#toSample(sample));
  }

  moveTool(samples: readonly ScreenSample[]): void {
    if (!this.#running) return;
    this.#running.move(
      this.#context,
      samples.map((sample) => this.#toSample(sample)),
    );
    this.#around.redraw();
  }

  /** @returns what has happened, in words */
  endTool(): string {
    const tool = this.#running;
    // First, as whoever hears of the change takes back what still runs.
    this.#running = null;
    this.#around.redraw();
    return tool?.end(this.#context) ?? '';
  }

  /** Takes back the press at hand; corners of a polygon that were set before it stay. */
  cancelTool(): void {
    this.#running?.cancel(this.#context);
    this.#running = null;
    this.keyboard.penLifted();
    this.#around.redraw();
  }

  /** Whether a gesture is at hand, corners of a polygon included. */
  get hasGesture(): boolean {
    return this.#running !== null || this.#tools.polygon.isOpen;
  }

  /** Takes back all of the gesture at hand. @returns whether there was one */
  cancelGesture(): boolean {
    const had = this.hasGesture;
    this.cancelTool();
    this.#tools.polygon.drop();
    return had;
  }

  hover(sample: ScreenSample | null): void {
    // The ring stays where the drag that sizes it has begun.
    if (sample && this.#running === this.#tools.size) return;
    this.#hover = sample;
    this.#tools.polygon.hover(this.#context, sample && this.#toSample(sample));
    this.#around.redraw();
  }

  pinch(from: readonly Point[], to: readonly Point[]): void {
    this.#around.view.pinch(from, to);
  }

  zoom(factor: number, at: Point): void {
    this.#around.view.zoom(factor, at);
  }

  scaleBrush(factor: number): void {
    const { brushSize } = this.#around.settings();
    if (Math.round(this.#exactSize) !== brushSize) this.#exactSize = brushSize;
    this.#exactSize = Math.max(1, this.#exactSize * factor);
    const size = Math.round(this.#exactSize);
    if (size !== brushSize) this.#around.callbacks.onBrushSize(size);
  }

  doubleClick(at: Point): void {
    const { document, callbacks } = this.#around;
    if (this.#isOnKnob(at, DOUBLE_CLICK_REACH)) callbacks.onAxis(fittedAxis(document.live));
  }

  get toolWords(): string {
    const { tool, classIndex } = this.#around.settings();
    return NAMES[tool](faceClass(classIndex).label);
  }

  beginAt(point: Point, shift: boolean): boolean {
    this.#begin(this.#around.settings().tool, this.#atMask(point, shift));
    return this.#chosen.press === 'drag';
  }

  moveTo(point: Point): void {
    this.#around.view.reveal(point);
    const sample = this.#atMask(point, false);
    this.#running?.move(this.#context, [sample]);
    this.#tools.polygon.hover(this.#context, sample);
    this.#around.redraw();
  }

  closeShape(): string | null {
    if (!this.#tools.polygon.isOpen) return null;
    this.#around.redraw();
    return this.#tools.polygon.close(this.#context);
  }

  stepBack(): string | null {
    if (!this.#tools.polygon.isOpen) return null;
    this.#around.redraw();
    return this.#tools.polygon.stepBack();
  }

  describe(point: Point): string {
    const { data, size } = this.#around.document.live;
    const name = faceClass(data[Math.floor(point.y) * size + Math.floor(point.x)]!).label;
    return this.outline?.handle?.isHit ? `${name}, first corner` : name;
  }

  announce(message: string): void {
    this.#around.callbacks.onAnnounce(message);
  }

  redrawCursor(): void {
    this.#around.redraw();
  }

  get #chosen(): Tool {
    return this.#tools[this.#around.settings().tool];
  }

  #begin(gesture: GestureId, sample: Sample): void {
    this.cancelTool();
    this.#running = this.#tools[gesture];
    this.#running.begin(this.#context, sample);
  }

  #isOnKnob(at: Point, reach: number): boolean {
    const { axis } = this.#around.settings();
    if (axis === null) return false;
    const knob = knobPlace(axis, this.#around.view.viewport, this.#around.view.size);
    return Math.hypot(at.x - knob.x, at.y - knob.y) <= reach;
  }

  #toSample(sample: ScreenSample): Sample {
    return { ...sample, ...toMask(this.#around.view.viewport, sample), screen: sample };
  }

  /** The keyboard hits handles only by standing on them. */
  #atMask(point: Point, shift: boolean): Sample {
    const screen = toScreen(this.#around.view.viewport, point);
    return { ...point, screen, pressure: null, shift, ctrl: false, reach: 0, time: performance.now() };
  }
}
