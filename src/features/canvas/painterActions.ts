import type { Action, Gesture } from '../../lib/actions';
import { CLASS_GROUPS } from '../../mask/classes';
import type { MaskStage } from '../../stage/maskStage';
import { TOOL_IDS } from '../../stage/tools/tool';
import {
  backToOriginal,
  CLEAN_UPS,
  cleanUp,
  clearMask,
  flipMask,
  isRepainted,
  mirrorSide,
  redo,
  undo,
} from './maskCommands';
import { maskDocument } from './maskDocument';
import { copyMask, exportIndexFile, exportMaskFile } from './maskFiles';
import { currentStage } from './painterStage';
import {
  brushSizeOf,
  fitAxis,
  nextMaskStyle,
  opacityOf,
  painterStore,
  setBrushSize,
  setClass,
  setOpacity,
  setPainter,
  setTool,
  swapClasses,
  toggleSymmetry,
} from './painterStore';
import { TOOLS } from './toolList';

/** Mask pixels of one bracket press, alone and with Shift. */
const SIZE_STEP = 2;
const LARGE_SIZE_STEP = 10;
const OPACITY_STEP = 0.1;
const ZOOM_STEP = 1.25;

type Place = Pick<Action, 'group' | 'scope'>;

function action(place: Place, label: string, hotkeys: string, perform: () => void, isEnabled = () => true): Action {
  return { ...place, label, hotkeys: hotkeys.split(' ').filter(Boolean), perform, isEnabled };
}

const PAINTING: Place = { group: 'Painting', scope: 'canvas' };
const VIEW: Place = { group: 'View', scope: 'canvas' };
const MASK: Place = { group: 'Mask', scope: 'painter' };

const resize = (step: number) => () => setBrushSize(brushSizeOf(painterStore.getState()) + step);
const fade = (step: number) => () => setOpacity(opacityOf(painterStore.getState()) + step);
const zoom = (factor: number) => () => currentStage()?.zoom(factor);

/** The painter's commands that have a button of their own or none: tools and classes have theirs below. */
export const PAINTER = {
  smaller: action(PAINTING, 'Smaller brush', 'BracketLeft', resize(-SIZE_STEP)),
  larger: action(PAINTING, 'Larger brush', 'BracketRight', resize(SIZE_STEP)),
  muchSmaller: action(PAINTING, 'Much smaller brush', 'Shift+BracketLeft', resize(-LARGE_SIZE_STEP)),
  muchLarger: action(PAINTING, 'Much larger brush', 'Shift+BracketRight', resize(LARGE_SIZE_STEP)),
  symmetry: action(PAINTING, 'Paint both sides', 'Shift+S', toggleSymmetry),
  fitAxis: action(PAINTING, 'Centre the mirror on the face', '', fitAxis),
  // Enter never gets here: the stage, which also closes polygons with it, takes it first.
  pen: action(
    PAINTING,
    'Put the tool down, lift it, or set a corner',
    'Space Enter',
    () => currentStage()?.keyboard.togglePen(),
    () => !!currentStage()?.keyboard.point,
  ),
  swap: action({ group: 'Classes', scope: 'canvas' }, 'Swap the last two classes', 'X', swapClasses),
  showAll: action(
    { group: 'Classes', scope: 'painter' },
    'Show all classes',
    '',
    () => setPainter({ hidden: [] }),
    () => painterStore.getState().hidden.length > 0,
  ),
  unlockAll: action(
    { group: 'Classes', scope: 'painter' },
    'Unlock all classes',
    '',
    () => setPainter({ locked: [] }),
    () => painterStore.getState().locked.length > 0,
  ),
  undo: action(
    MASK,
    'Undo',
    'Mod+Z',
    undo,
    () => maskDocument.undoLabel !== null || currentStage()?.hasGesture === true,
  ),
  redo: action(MASK, 'Redo', 'Mod+Shift+Z Mod+Y', redo, () => maskDocument.redoLabel !== null),
  clear: action(MASK, 'Clear', '', clearMask),
  original: action(MASK, 'Back to the original mask', '', backToOriginal, isRepainted),
  flip: action(MASK, 'Flip left to right', '', flipMask),
  mirrorLeft: action(MASK, 'Copy the left half to the right', '', () => mirrorSide('left')),
  mirrorRight: action(MASK, 'Copy the right half to the left', '', () => mirrorSide('right')),
  smooth: action(MASK, CLEAN_UPS.smooth.label, '', () => cleanUp(CLEAN_UPS.smooth)),
  holes: action(MASK, CLEAN_UPS.holes.label, '', () => cleanUp(CLEAN_UPS.holes)),
  specks: action(MASK, CLEAN_UPS.specks.label, '', () => cleanUp(CLEAN_UPS.specks)),
  export: action(MASK, 'Export mask', '', () => void exportMaskFile()),
  exportIndices: action(MASK, 'Export indices', '', () => void exportIndexFile()),
  copy: action(MASK, 'Copy mask', '', () => void copyMask()),
  lessOpaque: action(VIEW, 'Mask less opaque', ',', fade(-OPACITY_STEP)),
  moreOpaque: action(VIEW, 'Mask more opaque', '.', fade(OPACITY_STEP)),
  maskStyle: action(VIEW, 'Colours, patterns or outlines', 'M', nextMaskStyle),
  zoomIn: action(VIEW, 'Zoom in', 'Plus =', zoom(ZOOM_STEP)),
  zoomOut: action(VIEW, 'Zoom out', '-', zoom(1 / ZOOM_STEP)),
  fit: action(VIEW, 'Fit to view', 'Mod+0', () => currentStage()?.fit()),
} satisfies Record<string, Action>;

const TOOL_ACTIONS = TOOL_IDS.map((id) =>
  action({ group: 'Tools', scope: 'canvas' }, TOOLS[id].label, TOOLS[id].hotkey, () => setTool(id)),
);

/** In the palette's order: 1–9 and 0, then the same with Shift. */
const CLASS_ACTIONS = CLASS_GROUPS.flatMap(({ classes }) => classes).map((row, i) => ({
  classIndex: row.index,
  action: action(
    { group: 'Classes', scope: 'canvas' },
    row.label,
    `${i < 10 ? '' : 'Shift+'}Digit${(i + 1) % 10}`,
    () => setClass(row.index),
  ),
}));

/** Class index → the digit that chooses it, short enough for the palette. */
export const CLASS_DIGITS: ReadonlyMap<number, string> = new Map(
  CLASS_ACTIONS.map(({ classIndex, action }) => [
    classIndex,
    action.hotkeys[0]!.replace('Shift+', '⇧').replace('Digit', ''),
  ]),
);

/** All that the painter can do on demand. */
export const PAINTER_ACTIONS: readonly Action[] = [
  ...TOOL_ACTIONS,
  ...Object.values(PAINTER),
  ...CLASS_ACTIONS.map(({ action }) => action),
];

/** A key that borrows another tool while it is held. Tapped, it does what an action with the same key does. */
export interface Hold extends Gesture {
  readonly hotkey: string;
  readonly hold: (stage: MaskStage, isHeld: boolean) => void;
}

export const HOLDS: readonly Hold[] = [
  {
    group: 'View',
    label: 'Move the view',
    how: 'Hold Space and drag, or the middle button',
    hotkey: 'Space',
    hold: (stage, isHeld) => stage.holdPan(isHeld),
  },
  {
    group: 'View',
    label: 'Zoom',
    how: 'Hold Z and drag, wheel, or two fingers',
    hotkey: 'Z',
    hold: (stage, isHeld) => stage.holdZoom(isHeld),
  },
  {
    group: 'Tools',
    label: 'Pick a class without changing the tool',
    how: 'Hold I or Alt and press',
    hotkey: 'I',
    hold: (stage, isHeld) => stage.holdPick(isHeld),
  },
];

/** What the stage does with hands and keys by itself. */
export const PAINTER_GESTURES: readonly Gesture[] = [
  ...HOLDS,
  { group: 'Tools', label: 'Erase', how: 'The pen’s other end' },
  { group: 'Painting', label: 'Size of the brush', how: 'Alt and drag sideways, or Ctrl and wheel' },
  { group: 'Painting', label: 'Straight on from the last stroke', how: 'Shift and press' },
  { group: 'Painting', label: 'Steps of 15°, or a circle', how: 'Shift while drawing' },
  { group: 'Painting', label: 'Ellipse from its centre', how: 'Ctrl while drawing' },
  { group: 'Painting', label: 'Close a polygon', how: 'First corner, double click or ↵' },
  { group: 'Painting', label: 'Take a polygon’s corner back', how: '⌫' },
  { group: 'Painting', label: 'Take the stroke or shape back', how: 'Esc' },
  { group: 'Painting', label: 'Move the keyboard’s cursor', how: 'Arrows, Shift for ten pixels' },
  { group: 'Painting', label: 'Move the mirror axis', how: 'Drag its knob; double click centres it' },
  { group: 'Mask', label: 'Import a mask', how: 'Drop a file or paste it' },
];
