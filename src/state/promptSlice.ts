import type { Slice } from './store';

export interface PromptSlice {
  description: string;
  setDescription: (description: string) => void;
}

const FIRST_DESCRIPTION = 'A smiling woman in her thirties with long blond hair.';

export const createPromptSlice: Slice<PromptSlice> = (set) => ({
  description: FIRST_DESCRIPTION,
  setDescription: (description) => set({ description }),
});
