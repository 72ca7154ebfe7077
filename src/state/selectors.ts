/** Facts that follow from the state. */
import type { Mode, PackInfo } from '../diffusion/shared/types';
import type { AppState } from './store';

/** Holds until a pack has said what it prefers. */
const FALLBACK_STEPS = 20;

export const isBusy = (state: AppState): boolean => state.engine === 'loading' || state.engine === 'running';

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
