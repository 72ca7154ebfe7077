import type { Mode } from '../diffusion/shared/types';
import { FIRST_SEED } from '../lib/seed';
import type { Slice } from './store';

export interface ParamsSlice {
  /** `null` until the person chooses: then the pack's own default holds. */
  steps: number | null;
  /** uint32 */
  seed: number;
  /** `false` draws a new seed for every run. */
  keepSeed: boolean;
  mode: Mode;
  setSteps: (steps: number) => void;
  setSeed: (seed: number) => void;
  setKeepSeed: (keepSeed: boolean) => void;
  setMode: (mode: Mode) => void;
}

export const createParamsSlice: Slice<ParamsSlice> = (set) => ({
  steps: null,
  seed: FIRST_SEED,
  keepSeed: true,
  mode: 'both',
  setSteps: (steps) => set({ steps }),
  setSeed: (seed) => set({ seed }),
  setKeepSeed: (keepSeed) => set({ keepSeed }),
  setMode: (mode) => set({ mode }),
});
