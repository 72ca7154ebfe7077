/** The page's one store: what React draws from. Bytes, bitmaps and frames live elsewhere (`FrameCache`, the mask document). */
import { persist, subscribeWithSelector } from 'zustand/middleware';
import { createStore, type StateCreator } from 'zustand/vanilla';
import { createEditSlice, type EditSlice } from './editSlice';
import { createParamsSlice, type ParamsSlice } from './paramsSlice';
import { createPromptSlice, type PromptSlice } from './promptSlice';
import { createRunSlice, type RunSlice } from './runSlice';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';
import { createViewSlice, type ViewSlice } from './viewSlice';

export type AppState = PromptSlice & ParamsSlice & RunSlice & EditSlice & ViewSlice & SettingsSlice;

type Mutators = [['zustand/subscribeWithSelector', never], ['zustand/persist', unknown]];
export type Slice<T> = StateCreator<AppState, Mutators, [], T>;

/** `index.html` reads the theme under this key before the first paint. */
const STORAGE_KEY = 'collaborative-diffusion';
const STORAGE_VERSION = 1;

/** Words and settings. A photo and what has been made of it lie in IndexedDB. */
function remembered(state: AppState) {
  const { description, steps, seed, keepSeed, mode, theme } = state;
  const { photoDescription, editDescription, strength, balance, editMode, regionMode, editSteps, editSeed } = state;
  const create = { description, steps, seed, keepSeed, mode, theme };
  return { ...create, photoDescription, editDescription, strength, balance, editMode, regionMode, editSteps, editSeed };
}

export function createAppStore() {
  return createStore<AppState>()(
    subscribeWithSelector(
      persist(
        (...args) => ({
          ...createPromptSlice(...args),
          ...createParamsSlice(...args),
          ...createRunSlice(...args),
          ...createEditSlice(...args),
          ...createViewSlice(...args),
          ...createSettingsSlice(...args),
        }),
        {
          name: STORAGE_KEY,
          version: STORAGE_VERSION,
          partialize: remembered,
        },
      ),
    ),
  );
}

export type AppStore = ReturnType<typeof createAppStore>;
