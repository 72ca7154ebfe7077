import type { Slice } from './store';

export type Theme = 'system' | 'light' | 'dark';

export interface SettingsSlice {
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

export const createSettingsSlice: Slice<SettingsSlice> = (set) => ({
  theme: 'system',
  setTheme: (theme) => set({ theme }),
});
