import { useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import { clamp } from '../../lib/clamp';
import { MASK_SIZE } from '../../mask/classMask';
import type { FillOptions } from '../../mask/fill';
import { coverRule } from '../../mask/ink';
import { fittedAxis } from '../../mask/mirror';
import type { StageSettings } from '../../stage/maskStage';
import { MASK_STYLES } from '../../stage/stageSettings';
import type { ToolId } from '../../stage/tools/tool';
import { maskDocument } from './maskDocument';
import {
  DEFAULT_PREFERENCES,
  MAX_BRUSH,
  MAX_GAP,
  MIN_BRUSH,
  validPreferences,
  type Preferences,
} from './painterPreferences';

const STORAGE_KEY = 'mask-painter';
const PAINTING_TOOLS: ReadonlySet<ToolId> = new Set<ToolId>(['brush', 'fill', 'lasso', 'polygon', 'ellipse']);

/** Something the painter has to say in words, until it is dismissed or replaced. */
export interface Notice {
  readonly kind: 'error' | 'info';
  readonly message: string;
  /** One thing to do, for errors. */
  readonly cure?: string;
  /** Something that the painter can do about it, as a button. */
  readonly action?: { readonly label: string; readonly perform: () => void };
}

export interface PainterState extends Preferences {
  notice: Notice | null;
  /** Object URL of the person's own picture underneath; kept in memory only. */
  pictureUrl: string | null;
  /** Whether the mask is that of a photo, which lies underneath. */
  overPhoto: boolean;
}

/** How the painter is set up, remembered between visits. The mask is not in here. */
export const painterStore = createStore<PainterState>()(
  persist((): PainterState => ({ ...DEFAULT_PREFERENCES, notice: null, pictureUrl: null, overPhoto: false }), {
    name: STORAGE_KEY,
    version: 2,
    partialize: ({ notice: _notice, pictureUrl: _url, overPhoto: _over, ...preferences }): Preferences => preferences,
    // Each value is judged on its own, so those of earlier versions need no translation.
    migrate: (stored) => stored as Preferences,
    merge: (stored, current) => ({ ...current, ...validPreferences(stored) }),
  }),
);

export function usePainter<T>(selector: (state: PainterState) => T): T {
  return useStore(painterStore, selector);
}

/** Changes settings that need no further thought. */
export function setPainter(changes: Partial<PainterState>): void {
  painterStore.setState(changes);
}

export function setTool(tool: ToolId): void {
  painterStore.setState({ tool });
}

/** A class is chosen to be painted: tools that do not paint give way to the brush. */
export function setClass(classIndex: number): void {
  painterStore.setState((state) => ({
    classIndex,
    lastClass: classIndex === state.classIndex ? state.lastClass : state.classIndex,
    tool: PAINTING_TOOLS.has(state.tool) ? state.tool : 'brush',
  }));
}

export function swapClasses(): void {
  setClass(painterStore.getState().lastClass);
}

/** @param size mask pixels; held within the brush's limits */
export function setBrushSize(size: number): void {
  const value = clamp(Math.round(size), MIN_BRUSH, MAX_BRUSH);
  painterStore.setState(({ tool }) => (tool === 'eraser' ? { eraserSize: value } : { brushSize: value }));
}

export function setOpacity(opacity: number): void {
  const value = clamp(opacity, 0, 1);
  painterStore.setState(({ overPhoto }) => (overPhoto ? { opacityOverPhoto: value } : { opacity: value }));
}

export function setFill(changes: Partial<FillOptions>): void {
  painterStore.setState(({ fill }) => {
    const next = { ...fill, ...changes };
    return { fill: { ...next, closeGaps: clamp(Math.round(next.closeGaps), 0, MAX_GAP) } };
  });
}

/** Switched on, the axis goes to the face's middle unless it was moved by hand before. */
export function toggleSymmetry(): void {
  const { symmetry, isAxisFitted } = painterStore.getState();
  painterStore.setState({ symmetry: !symmetry });
  if (!symmetry && isAxisFitted) fitAxis();
}

/** @param axis x in mask pixels */
export function setAxis(axis: number): void {
  painterStore.setState({ axis: clamp(axis, 0, MASK_SIZE), isAxisFitted: false });
}

export function fitAxis(): void {
  painterStore.setState({ axis: fittedAxis(maskDocument.committed), isAxisFitted: true });
}

export function nextMaskStyle(): void {
  painterStore.setState(({ maskStyle }) => ({
    maskStyle: MASK_STYLES[(MASK_STYLES.indexOf(maskStyle) + 1) % MASK_STYLES.length]!,
  }));
}

/** Puts a class on one of the lists, or takes it off. */
export function toggleClass(list: 'hidden' | 'locked' | 'overClasses', classIndex: number): void {
  painterStore.setState((state) => ({
    [list]: state[list].includes(classIndex)
      ? state[list].filter((index) => index !== classIndex)
      : [...state[list], classIndex].toSorted((a, b) => a - b),
  }));
}

export function setNotice(notice: Notice | null): void {
  painterStore.setState({ notice });
}

/** The size that the chosen tool paints with. */
export function brushSizeOf(state: PainterState): number {
  return state.tool === 'eraser' ? state.eraserSize : state.brushSize;
}

/** How opaque the mask is over what lies underneath now. */
export function opacityOf({ overPhoto, opacity, opacityOverPhoto }: PainterState): number {
  return overPhoto ? opacityOverPhoto : opacity;
}

/** Which classes may be painted over, as in `Ink.covers`. */
export function coversOf({ over, overClasses, locked }: PainterState): Uint8Array | null {
  return coverRule(over === 'chosen' ? overClasses : null, locked);
}

export function stageSettings(state: PainterState): StageSettings {
  const { tool, classIndex, eraseTo, fill, hidden, maskStyle, symmetry, axis } = state;
  return {
    tool,
    classIndex,
    opacity: opacityOf(state),
    eraseTo,
    fill,
    hidden,
    maskStyle,
    brushSize: brushSizeOf(state),
    axis: symmetry ? axis : null,
    covers: coversOf(state),
  };
}
