import type { MaskDocument } from '../../mask/maskDocument';
import type { Point } from '../../mask/raster';

export const TOOL_IDS = ['brush', 'eraser', 'fill', 'pick', 'pan'] as const;
export type ToolId = (typeof TOOL_IDS)[number];

/** One pointer position: mask pixels, and CSS pixels from the host's top left. */
export interface Sample extends Point {
  readonly screen: Point;
  /** Pen pressure, 0–1; `null` for mouse, finger and keyboard, which have none. */
  readonly pressure: number | null;
}

/** What a tool may see and do while it runs. */
export interface ToolContext {
  readonly document: MaskDocument;
  readonly classIndex: number;
  /** Mask pixels. */
  readonly brushRadius: number;
  /** Whether every mark is also made on the other side of the vertical centre line, with left and right classes swapped. */
  readonly symmetry: boolean;
  readonly pickClass: (index: number) => void;
  /** CSS pixels. */
  readonly panBy: (dx: number, dy: number) => void;
}

/** A small state machine: begin, any number of moves, then end or cancel. Nothing of a cancelled gesture may remain. */
export interface Tool {
  /** `ring` shows the brush at its true size. */
  readonly cursor: 'ring' | 'crosshair' | 'grab';
  begin(context: ToolContext, sample: Sample): void;
  move(context: ToolContext, samples: readonly Sample[]): void;
  end(context: ToolContext): void;
  cancel(context: ToolContext): void;
}
