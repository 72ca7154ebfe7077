/** The page's one store: what React draws from. Bytes, bitmaps and frames live elsewhere (`FrameCache`, the mask document). */
import { persist, subscribeWithSelector } from 'zustand/middleware';
import { createStore, type StateCreator } from 'zustand/vanilla';
import { createParamsSlice, type ParamsSlice } from './paramsSlice';
import { createPromptSlice, type PromptSlice } from './promptSlice';
import { createRunSlice, type RunSlice } from './runSlice';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';

export type AppState = PromptSlice & ParamsSlice & RunSlice & SettingsSlice;

type Mutators = [['zustand/subscribeWithSelector', never], ['zustand/persist', unknown]];
export type Slice<T> = StateCreator<AppState, Mutators, [], T>;

/** `index.html` reads the theme under this key before the first paint. */
const STORAGE_KEY = 'collaborative-diffusion';
const STORAGE_VERSION = 1;

export function createAppStore() {
  return createStore<AppState>()(
    subscribeWithSelector(
      persist(
        (...args) => ({
          ...createPromptSlice(...args),
          ...createParamsSlice(...args),
          ...createRunSlice(...args),
          ...createSettingsSlice(...args),
        }),
        {
          name: STORAGE_KEY,
          version: STORAGE_VERSION,
          partialize: ({ description, steps, seed, keepSeed, mode, theme }) => ({
            description,
            steps,
            seed,
            keepSeed,
            mode,
            theme,
          }),
        },
      ),
    ),
  );
}

export type AppStore = ReturnType<typeof createAppStore>;
