/** All that the page can do on demand: one list feeds buttons, keys and the help dialog. */
import { randomSeed } from '../../lib/seed';
import { isBusy } from '../../state/selectors';
import type { AppState } from '../../state/store';

type ActionId = 'generate' | 'cancel' | 'newSeed' | 'download' | 'help';

interface Action {
  id: ActionId;
  label: string;
  /** As in `hotkeys.ts`. */
  hotkey: string;
  isEnabled: (state: AppState) => boolean;
  perform: () => void;
}

export type Actions = Record<ActionId, Action>;

interface Deps {
  getState: () => AppState;
  generate: () => void;
  cancel: () => void;
  openHelp: () => void;
}

export function createActions({ getState, generate, cancel, openHelp }: Deps): Actions {
  return {
    generate: {
      id: 'generate',
      label: 'Generate a face',
      hotkey: 'Mod+Enter',
      isEnabled: (state) => !isBusy(state),
      perform: generate,
    },
    cancel: { id: 'cancel', label: 'Cancel what is running', hotkey: 'Escape', isEnabled: isBusy, perform: cancel },
    newSeed: {
      id: 'newSeed',
      label: 'Take another seed',
      hotkey: 'Mod+Shift+Enter',
      isEnabled: (state) => !isBusy(state),
      perform: () => getState().setSeed(randomSeed()),
    },
    download: {
      id: 'download',
      label: 'Download the picture',
      hotkey: 'Mod+S',
      isEnabled: (state) => state.resultUrl !== null,
      perform: () => saveResult(getState()),
    },
    help: { id: 'help', label: 'Show the keys', hotkey: '?', isEnabled: () => true, perform: openHelp },
  };
}

/** The file that is on show already, with its recipe inside. */
function saveResult({ resultUrl, recipe }: AppState): void {
  if (!resultUrl || !recipe) return;
  const link = document.createElement('a');
  link.href = resultUrl;
  link.download = `face-${recipe.packId}-seed-${recipe.seed}.png`;
  link.click();
}
