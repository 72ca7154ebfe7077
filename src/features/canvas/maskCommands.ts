/** What is done to the mask as a whole or to all of a class, each as one step of the history. */
import { BACKGROUND, faceClass } from '../../mask/classes';
import type { ClassMask } from '../../mask/classMask';
import { fillHoles, removeSpecks, smoothEdges } from '../../mask/cleanup';
import { coverRule, paintRun } from '../../mask/ink';
import { copySide, mirrorMask } from '../../mask/mirror';
import { addPart, type Part } from '../../mask/parts';
import { fullRect, type Rect } from '../../mask/rect';
import { maskDocument } from './maskDocument';
import { announce, currentStage } from './painterStage';
import { coversOf, painterStore, setNotice, type PainterState } from './painterStore';

/** A gesture that is still open goes first. */
export function undo(): void {
  if (currentStage()?.cancelGesture()) return announce('Taken back.');
  const { undoLabel } = maskDocument;
  maskDocument.undo();
  if (undoLabel) announce(`Undone: ${undoLabel}.`);
}

export function redo(): void {
  const { redoLabel } = maskDocument;
  maskDocument.redo();
  if (redoLabel) announce(`Redone: ${redoLabel}.`);
}

export function clearMask(): void {
  const { size } = maskDocument.live;
  maskDocument.replace(new Uint8Array(size * size).fill(BACKGROUND), size, 'Clear');
  announce('The mask is all background.');
}

/** The mask as it was loaded last: a sample, a file, what was seen in a photo. */
export function backToOriginal(): void {
  const { data, size } = maskDocument.baseline;
  maskDocument.replace(data.slice(), size, 'Back to the original');
  announce('The mask is as it was loaded.');
}

export function isRepainted(): boolean {
  const { committed, baseline } = maskDocument;
  return committed.data.some((value, i) => value !== baseline.data[i]);
}

export function flipMask(): void {
  const { data, size } = mirrorMask(maskDocument.committed);
  maskDocument.replace(data, size, 'Flip');
  announce('Flipped left to right.');
}

/** Makes the other side of the mirror axis the image of this one. Locked classes stay. */
export function mirrorSide(from: 'left' | 'right'): void {
  const { axis, locked } = painterStore.getState();
  const covers = coverRule(null, locked);
  maskDocument.edit('Mirror a side', (mask) => {
    paintRun(mask.data, 0, mask.data.length, { source: copySide(mask, axis, from).data, covers });
    return fullRect(mask.size);
  });
  announce(`The picture’s ${from} side is on both sides.`);
}

interface CleanUp {
  readonly label: string;
  /** What to say when there is nothing to do. */
  readonly idle: string;
  readonly run: (mask: ClassMask, state: PainterState) => Rect | null;
}

export const CLEAN_UPS = {
  smooth: {
    label: 'Smooth edges',
    idle: 'has no rough edges',
    run: (mask, state) => smoothEdges(mask, state.classIndex, coversOf(state)),
  },
  holes: {
    label: 'Fill holes',
    idle: 'has no holes',
    run: (mask, state) => fillHoles(mask, state.classIndex, coversOf(state)),
  },
  specks: {
    label: 'Remove specks',
    idle: 'has no specks of that size',
    run: (mask, state) => removeSpecks(mask, state.classIndex, state.speckSize, coversOf(state)),
  },
} satisfies Record<string, CleanUp>;

/** Cleans up the chosen class, within the paint rules. */
export function cleanUp({ label, idle, run }: CleanUp): void {
  const state = painterStore.getState();
  const name = faceClass(state.classIndex).label;
  const isChanged = maskDocument.edit(label, (mask) => run(mask, state));
  if (isChanged) announce(`${label}: ${name}.`);
  setNotice(isChanged ? null : { kind: 'info', message: `“${name}” ${idle}, or the rules keep it as it is.` });
}

/** Puts a part where it belongs on the face. Locked classes stay. */
export function placePart(part: Part): void {
  const { locked } = painterStore.getState();
  const isChanged = maskDocument.edit(part.label, (mask) => addPart(mask, part, locked));
  if (isChanged) announce(`${part.label} added.`);
  setNotice(
    isChanged ? null : { kind: 'info', message: `“${part.label}” finds no place in this mask, or is there already.` },
  );
}
