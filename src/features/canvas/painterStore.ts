import { useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { CLASS_COUNT, DEFAULT_CLASS } from '../../mask/classes';
import type { StageSettings } from '../../stage/maskStage';
import { TOOL_IDS, type ToolId } from '../../stage/tools/tool';

/** Brush diameters in mask pixels. */
export const MIN_BRUSH = 2;
export const MAX_BRUSH = 160;
const DEFAULT_BRUSH = 24;
const DEFAULT_ERASER = 32;
const STORAGE_KEY = 'mask-painter';

/** Something the painter has to say in words, until it is dismissed or replaced. */
export interface Notice {
  readonly kind: 'error' | 'info';
  readonly message: string;
  /** One thing to do, for errors. */
  readonly cure?: string;
}

interface Preferences {
  tool: ToolId;
  classIndex: number;
  /** The eraser keeps a size of its own; every other tool shows the brush's. */
  brushSize: number;
  eraserSize: number;
  symmetry: boolean;
  opacity: number;
}

export interface PainterState extends Preferences {
  notice: Notice | null;
}

const DEFAULTS: Preferences = {
  tool: 'brush',
  classIndex: DEFAULT_CLASS,
  brushSize: DEFAULT_BRUSH,
  eraserSize: DEFAULT_ERASER,
  symmetry: false,
  opacity: 1,
};

/** How the painter is set up, remembered between visits. The mask is not in here. */
export const painterStore = createStore<PainterState>()(
  persist((): PainterState => ({ ...DEFAULTS, notice: null }), {
    name: STORAGE_KEY,
    version: 1,
    partialize: ({ notice: _notice, ...preferences }): Preferences => preferences,
    merge: (stored, current) => ({ ...current, ...validPreferences(stored) }),
  }),
);

export function usePainter<T>(selector: (state: PainterState) => T): T {
  return useStore(painterStore, selector);
}

export function setTool(tool: ToolId): void {
  painterStore.setState({ tool });
}

/** A class is chosen to be painted: tools that do not paint give way to the brush. */
export function setClass(classIndex: number): void {
  painterStore.setState(({ tool }) => ({ classIndex, tool: tool === 'brush' || tool === 'fill' ? tool : 'brush' }));
}

/** @param size mask pixels; held within the brush's limits */
export function setBrushSize(size: number): void {
  const value = clamp(Math.round(size), MIN_BRUSH, MAX_BRUSH);
  painterStore.setState(({ tool }) => (tool === 'eraser' ? { eraserSize: value } : { brushSize: value }));
}

export function setOpacity(opacity: number): void {
  painterStore.setState({ opacity: clamp(opacity, 0, 1) });
}

export function toggleSymmetry(): void {
  painterStore.setState(({ symmetry }) => ({ symmetry: !symmetry }));
}

export function setNotice(notice: Notice | null): void {
  painterStore.setState({ notice });
}

/** The size that the chosen tool paints with. */
export function brushSizeOf(state: PainterState): number {
  return state.tool === 'eraser' ? state.eraserSize : state.brushSize;
}

export function stageSettings(state: PainterState): StageSettings {
  const { tool, classIndex, symmetry, opacity } = state;
  return { tool, classIndex, symmetry, opacity, brushSize: brushSizeOf(state) };
}

/** What an earlier visit left, as far as it still makes sense: storage may be damaged or from another version. */
export function validPreferences(stored: unknown): Partial<Preferences> {
  if (typeof stored !== 'object' || stored === null) return {};
  const from = stored as Partial<Record<keyof Preferences, unknown>>;
  const valid: Partial<Preferences> = {};
  const tool = TOOL_IDS.find((id) => id === from.tool);
  if (tool) valid.tool = tool;
  if (isBetween(from.classIndex, 0, CLASS_COUNT - 1) && Number.isInteger(from.classIndex)) {
    valid.classIndex = from.classIndex;
  }
  if (isBetween(from.brushSize, MIN_BRUSH, MAX_BRUSH)) valid.brushSize = from.brushSize;
  if (isBetween(from.eraserSize, MIN_BRUSH, MAX_BRUSH)) valid.eraserSize = from.eraserSize;
  if (isBetween(from.opacity, 0, 1)) valid.opacity = from.opacity;
  if (typeof from.symmetry === 'boolean') valid.symmetry = from.symmetry;
  return valid;
}

function isBetween(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
