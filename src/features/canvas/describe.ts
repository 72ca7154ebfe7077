/** The painter's settings in words, for people who cannot see them. */
import { faceClass } from '../../mask/classes';
import { brushSizeOf, opacityOf, type PainterState } from './painterStore';
import { TOOLS } from './toolList';

const PERCENT = 100;

/** One sentence on the tool in the hand. */
export function describeTool(state: PainterState): string {
  const { tool, classIndex, eraseTo } = state;
  const { label } = TOOLS[tool];
  const painting = `painting ${faceClass(classIndex).label}.`;
  switch (tool) {
    case 'brush':
      return `${label}, ${brushSizeOf(state)} pixels wide, ${painting}`;
    case 'eraser':
      return `${label}, ${brushSizeOf(state)} pixels wide, back to ${eraseTo === 'original' ? 'the original mask' : 'background'}.`;
    case 'pick':
    case 'pan':
      return `${label}.`;
    case 'fill':
    case 'lasso':
    case 'polygon':
    case 'ellipse':
      return `${label}, ${painting}`;
  }
}

/** What to say after a change of the settings; `null` when it needs no words. */
export function describeChange(before: PainterState, after: PainterState): string | null {
  const has = (...keys: (keyof PainterState)[]) => keys.some((key) => before[key] !== after[key]);
  if (has('tool', 'classIndex', 'eraseTo')) return describeTool(after);
  if (has('brushSize', 'eraserSize')) return `${brushSizeOf(after)} pixels wide.`;
  if (has('symmetry')) return after.symmetry ? 'Painting both sides.' : 'Painting one side.';
  // While it is dragged the stage has the word.
  if (has('axis') && after.isAxisFitted) return 'The mirror axis is in the face’s middle.';
  if (has('opacity', 'opacityOverPhoto')) return `Mask opacity ${Math.round(opacityOf(after) * PERCENT)} %.`;
  if (has('maskStyle')) return `Mask shown as ${after.maskStyle}.`;
  if (has('fill')) return describeFill(after);
  if (has('over')) return after.over === 'chosen' ? 'Painting over chosen classes only.' : 'Painting over everything.';
  return describeList('hidden', before, after) ?? describeList('locked', before, after);
}

function describeFill({ fill: { connectivity, closeGaps } }: PainterState): string {
  const corners = connectivity === 8 ? 'over corners too' : 'over edges only';
  return `Fills ${corners}; gaps up to ${closeGaps} pixels hold it back.`;
}

function describeList(list: 'hidden' | 'locked', before: PainterState, after: PainterState): string | null {
  if (before[list] === after[list]) return null;
  const names = after[list].map((index) => faceClass(index).label);
  return names.length > 0 ? `${names.join(', ')} ${list}.` : `Nothing ${list}.`;
}
