import { CLASS_COUNT, DEFAULT_CLASS } from '../../mask/classes';
import { MASK_SIZE } from '../../mask/classMask';
import type { FillOptions } from '../../mask/fill';
import { MASK_STYLES, type MaskStyle } from '../../stage/stageSettings';
import { TOOL_IDS, type ToolId } from '../../stage/tools/tool';

/** Brush diameters in mask pixels. */
export const MIN_BRUSH = 2;
export const MAX_BRUSH = 160;
/** Mask pixels: wider gaps are rather meant to be open. */
export const MAX_GAP = 16;
/** Pixels of the largest island that counts as a speck. */
export const MIN_SPECK = 4;
export const MAX_SPECK = 400;

/** How the painter is set up, as it is remembered between visits. */
export interface Preferences {
  tool: ToolId;
  classIndex: number;
  /** The class before the chosen one, to swap with. */
  lastClass: number;
  /** The eraser keeps a size of its own; every other tool shows the brush's. */
  brushSize: number;
  eraserSize: number;
  eraseTo: 'background' | 'original';
  fill: FillOptions;
  /** Pixels of the largest island that "Remove specks" takes away. */
  speckSize: number;
  /** Whether every mark is made on both sides of the axis. */
  symmetry: boolean;
  /** x of the mirror axis in mask pixels. */
  axis: number;
  /** Whether the axis goes to the face's middle when the mirror is switched on: until it was moved by hand. */
  isAxisFitted: boolean;
  /** What may be painted over, apart from locked classes. */
  over: 'everything' | 'chosen';
  overClasses: readonly number[];
  locked: readonly number[];
  hidden: readonly number[];
  maskStyle: MaskStyle;
  /** What shows where the mask lets through. */
  underlay: 'paper' | 'result' | 'picture';
  /** Of the mask over what lies underneath, 0–1; over a photo that is edited it has a value of its own. */
  opacity: number;
  opacityOverPhoto: number;
}

const DEFAULT_BRUSH = 24;
const DEFAULT_ERASER = 32;
const DEFAULT_SPECK = 60;

export const DEFAULT_PREFERENCES: Preferences = {
  tool: 'brush',
  classIndex: DEFAULT_CLASS,
  lastClass: 1,
  brushSize: DEFAULT_BRUSH,
  eraserSize: DEFAULT_ERASER,
  eraseTo: 'background',
  fill: { connectivity: 4, closeGaps: 0 },
  speckSize: DEFAULT_SPECK,
  symmetry: false,
  axis: MASK_SIZE / 2,
  isAxisFitted: true,
  over: 'everything',
  overClasses: [],
  locked: [],
  hidden: [],
  maskStyle: 'colours',
  underlay: 'result',
  opacity: 1,
  opacityOverPhoto: 0.45,
};

type Valid = { [K in keyof Preferences]: (value: unknown) => value is Preferences[K] };

const VALID: Valid = {
  tool: isOneOf(TOOL_IDS),
  classIndex: isClass,
  lastClass: isClass,
  brushSize: isWithin(MIN_BRUSH, MAX_BRUSH),
  eraserSize: isWithin(MIN_BRUSH, MAX_BRUSH),
  eraseTo: isOneOf(['background', 'original']),
  fill: isFill,
  speckSize: isWithin(MIN_SPECK, MAX_SPECK),
  symmetry: isBoolean,
  axis: isWithin(0, MASK_SIZE),
  isAxisFitted: isBoolean,
  over: isOneOf(['everything', 'chosen']),
  overClasses: isClassList,
  locked: isClassList,
  hidden: isClassList,
  maskStyle: isOneOf(MASK_STYLES),
  // A picture of one's own is not kept, so a visit cannot begin with it.
  underlay: isOneOf(['paper', 'result']),
  opacity: isWithin(0, 1),
  opacityOverPhoto: isWithin(0, 1),
};

/** What an earlier visit left, as far as it still makes sense: storage may be damaged or from another version. */
export function validPreferences(stored: unknown): Partial<Preferences> {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter(
      ([key, value]) => Object.hasOwn(VALID, key) && VALID[key as keyof Preferences](value),
    ),
  );
}

function isOneOf<T extends string>(values: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => values.some((each) => each === value);
}

function isWithin(low: number, high: number): (value: unknown) => value is number {
  return (value): value is number => typeof value === 'number' && value >= low && value <= high;
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isClass(value: unknown): value is number {
  return Number.isInteger(value) && isWithin(0, CLASS_COUNT - 1)(value);
}

function isClassList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isClass);
}

function isFill(value: unknown): value is FillOptions {
  if (typeof value !== 'object' || value === null) return false;
  const { connectivity, closeGaps } = value as Partial<Record<keyof FillOptions, unknown>>;
  return (connectivity === 4 || connectivity === 8) && isWithin(0, MAX_GAP)(closeGaps);
}
