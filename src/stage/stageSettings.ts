import type { FillOptions } from '../mask/fill';
import type { ToolId } from './tools/tool';

/** How the mask's classes are shown: as flat colours, as colours with a pattern each, or by their borders alone. */
export const MASK_STYLES = ['colours', 'patterns', 'outlines'] as const;

export type MaskStyle = (typeof MASK_STYLES)[number];

export interface StageSettings {
  readonly tool: ToolId;
  readonly classIndex: number;
  /** Diameter in mask pixels. */
  readonly brushSize: number;
  /** Of the mask over what lies underneath, 0–1. */
  readonly opacity: number;
  /** x of the mirror axis in mask pixels, or `null` when marks are not mirrored. */
  readonly axis: number | null;
  /** The paint rule for every tool, as in `Ink.covers`. */
  readonly covers: Uint8Array | null;
  readonly eraseTo: 'background' | 'original';
  readonly fill: FillOptions;
  /** Indices of classes that are not shown. */
  readonly hidden: readonly number[];
  readonly maskStyle: MaskStyle;
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
  /** The brush's size was changed on the canvas: whole mask pixels from 1, to be held within the brush's limits. */
  onBrushSize(size: number): void;
  /** The mirror axis was moved: x in mask pixels, in steps of a half. */
  onAxis(x: number): void;
}
