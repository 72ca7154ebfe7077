import type { FillOptions } from '../../mask/fill';
import type { MaskDocument } from '../../mask/maskDocument';
import type { Point } from '../../mask/raster';

export const TOOL_IDS = ['brush', 'eraser', 'fill', 'lasso', 'polygon', 'ellipse', 'pick', 'pan'] as const;

export type ToolId = (typeof TOOL_IDS)[number];

/** What a press may run: the tools, and what only a held key or the axis' knob asks for. */
export type GestureId = ToolId | 'zoom' | 'size' | 'axis';

/** How a press was made. Keys may change in the middle of a gesture, so every position brings its own. */
export interface Contact {
  /** Pen pressure, 0–1; `null` for mouse, finger and keyboard, which have none. */
  readonly pressure: number | null;
  /** Shift: straight lines, steps of 15°, circles. */
  readonly shift: boolean;
  /** Ctrl or Cmd: an ellipse grows from its centre. */
  readonly ctrl: boolean;
  /** CSS pixels within which a handle counts as hit: more for fingers. */
  readonly reach: number;
  /** Milliseconds of any clock that runs on. */
  readonly time: number;
}

/** One position: mask pixels, and CSS pixels from the host's top left. */
export interface Sample extends Point, Contact {
  readonly screen: Point;
}

/** A shape in progress, mask pixels. */
export interface Outline {
  readonly points: readonly Point[];
  /** Whether the last point is joined to the first. */
  readonly isClosed: boolean;
  /** The point that closes the shape when pressed; `isHit` while it would. */
  readonly handle: (Point & { readonly isHit: boolean }) | null;
}

/** What a tool may see and do while it runs. */
export interface ToolContext {
  readonly document: MaskDocument;
  readonly classIndex: number;
  /** Diameter in mask pixels. */
  readonly brushSize: number;
  /** x of the mirror axis in mask pixels: every mark is also made beyond it, with left and right classes swapped. `null`: no mirror. */
  readonly axis: number | null;
  /** The paint rule, as in `Ink.covers`. */
  readonly covers: Uint8Array | null;
  readonly eraseTo: 'background' | 'original';
  readonly fill: FillOptions;
  /** CSS pixels per mask pixel. */
  readonly scale: number;
  readonly pickClass: (index: number) => void;
  /** CSS pixels. */
  readonly panBy: (dx: number, dy: number) => void;
  /** Zooms around a place in CSS pixels. */
  readonly zoomBy: (factor: number, at: Point) => void;
  readonly setBrushSize: (diameter: number) => void;
  readonly moveAxis: (x: number) => void;
}

/** What the host's pointer looks like; `ring` shows the brush at its true size. */
export type ToolCursor = 'ring' | 'crosshair' | 'grab' | 'zoom' | 'size' | 'axis';

/** A small state machine: begin, any number of moves, then end or cancel. Nothing of a cancelled gesture may remain. */
export interface Tool {
  readonly cursor: ToolCursor;
  /** The keyboard's press: `drag` stays down until it is lifted, `tap` is lifted at once. */
  readonly press: 'drag' | 'tap';
  begin(context: ToolContext, sample: Sample): void;
  move(context: ToolContext, samples: readonly Sample[]): void;
  /** @returns what has happened, in words */
  end(context: ToolContext): string;
  cancel(context: ToolContext): void;
  /** The shape in progress, to be shown over the mask. */
  outline?(context: ToolContext): Outline | null;
}

/** A tool whose gesture spans several presses. Its `cancel` takes back the press at hand, `drop` all of them. */
export interface StepTool extends Tool {
  /** Whether a gesture goes on between two presses. */
  readonly isOpen: boolean;
  /** Where the pointer is between two presses; `null` when it has left. */
  hover(context: ToolContext, sample: Sample | null): void;
  /** Ends the gesture without another press. @returns what has happened, in words */
  close(context: ToolContext): string;
  /** Takes back the last step. @returns what has happened, in words */
  stepBack(): string;
  drop(): void;
}
