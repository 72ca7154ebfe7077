import type { WireError } from '../diffusion/shared/errors';
import type { DeviceInfo, LoadProgress, PackInfo } from '../diffusion/shared/types';
import type { ResultRecipe } from '../storage/resultPng';
import type { Slice } from './store';

/** `empty`: no pack in memory yet. `error`: the last load or run failed; the next try starts afresh. */
type EngineState = 'empty' | 'loading' | 'ready' | 'running' | 'error';

/** What the engine is busy with. */
export type Activity = 'generate' | 'face' | 'edit';

export interface RunSlice {
  pack: PackInfo | null;
  device: DeviceInfo | null;
  engine: EngineState;
  activity: Activity | null;
  /** While something is downloaded, checked or prepared. */
  load: LoadProgress | null;
  /** Of the run whose pictures are on the page; `null` before the first. */
  recipe: ResultRecipe | null;
  /** The last step whose frame is in the `FrameCache`; 0 before the first. */
  lastStep: number;
  /** Mean of the run so far, in milliseconds; 0 before the first step. */
  millisecondsPerStep: number;
  /** URL of the finished picture as PNG; `null` while there is none. */
  resultUrl: string | null;
  /** 1 … lastStep, or `null` to follow the run and then show the finished picture. */
  selectedStep: number | null;
  /** Where both influence maps are read, in [0, 1]² of the picture; `null` for its mean. */
  probe: { x: number; y: number } | null;
  problem: WireError | null;
  selectStep: (step: number | null) => void;
  setProbe: (probe: { x: number; y: number } | null) => void;
  dismissProblem: () => void;
}

export const createRunSlice: Slice<RunSlice> = (set) => ({
  pack: null,
  device: null,
  engine: 'empty',
  activity: null,
  load: null,
  recipe: null,
  lastStep: 0,
  millisecondsPerStep: 0,
  resultUrl: null,
  selectedStep: null,
  probe: null,
  problem: null,
  selectStep: (selectedStep) => set({ selectedStep }),
  setProbe: (probe) => set({ probe }),
  dismissProblem: () => set({ problem: null }),
});
