/** Facts that follow from the state. */
import type { Mode, PackInfo } from '../diffusion/shared/types';
import type { EditPhase } from './editSlice';
import type { AppState } from './store';

/** Holds until a pack has said what it prefers. */
const FALLBACK_STEPS = 20;

export const isBusy = (state: AppState): boolean => state.activity !== null;

/** Whether a face can be edited now. */
export const canEdit = (state: AppState): boolean =>
  (state.editPhase === 'ready' || state.editPhase === 'done') && !isBusy(state);

export const editStepsOf = (state: AppState): number =>
  state.editSteps ?? state.pack?.defaults.editSteps ?? FALLBACK_STEPS;

export const stepsOf = (state: AppState): number => state.steps ?? state.pack?.defaults.steps ?? FALLBACK_STEPS;

/** The chosen mode where the pack has it, else the pack's fullest one: a pack with one collaborator has no `both`. */
export function modeFor(pack: PackInfo, mode: Mode): Mode {
  const ids = pack.collaborators.map(({ id }) => id);
  if (mode !== 'both' && ids.includes(mode)) return mode;
  return ids.length > 1 ? 'both' : (ids[0] ?? 'both');
}

/** Whether a run in this mode reads the description. */
export function readsDescription(pack: PackInfo, mode: Mode): boolean {
  const effective = modeFor(pack, mode);
  return pack.collaborators.some(({ id, kind }) => kind === 'tokens' && (effective === 'both' || effective === id));
}

/** The step on show, 1 … lastStep; 0 before the first frame. */
export const shownStep = (state: AppState): number => state.selectedStep ?? state.lastStep;

/** Whether the finished picture, and no step's preview, is on show. The last step's place in the strip stands for it. */
export const showsResult = (state: AppState): boolean =>
  state.resultUrl !== null && (state.selectedStep === null || state.selectedStep === state.lastStep);

const EDIT_STATES = {
  empty: 'empty',
  finding: 'aligning',
  cropping: 'aligning',
  reading: 'aligning',
  ready: 'ready',
  running: 'running',
  done: 'done',
} as const satisfies Record<EditPhase, string>;

/** Where editing stands, for scripts and tests outside. */
export const editStateOf = (state: AppState): (typeof EDIT_STATES)[EditPhase] | 'error' =>
  state.editProblem ? 'error' : EDIT_STATES[state.editPhase];
