/** All that can be done on demand: one list feeds buttons, keys and the help dialog. The painter brings its own part of it. */
import { PAINTER_ACTIONS } from '../../features/canvas';
import type { Action } from '../../lib/actions';
import { randomSeed } from '../../lib/seed';
import { isBusy } from '../../state/selectors';
import type { Theme } from '../../state/settingsSlice';
import type { AppState } from '../../state/store';

type PageActionId = 'generate' | 'cancel' | 'newSeed' | 'download' | 'help' | 'theme';

export type PageActions = Record<PageActionId, Action>;

interface Deps {
  getState: () => AppState;
  generate: () => void;
  cancel: () => void;
  openHelp: () => void;
}

const NEXT_THEME: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

/** What the page around the painter can do. */
export function createPageActions({ getState, generate, cancel, openHelp }: Deps): PageActions {
  const picture = { group: 'Picture', scope: 'page' } as const;
  const page = { group: 'Page', scope: 'page' } as const;
  const isIdle = () => !isBusy(getState());
  return {
    generate: {
      ...picture,
      label: 'Generate a face',
      hotkeys: ['Mod+Enter'],
      isEnabled: isIdle,
      perform: generate,
    },
    cancel: {
      ...picture,
      label: 'Cancel what is running',
      hotkeys: ['Escape'],
      isEnabled: () => !isIdle(),
      perform: cancel,
    },
    newSeed: {
      ...picture,
      label: 'Take another seed',
      hotkeys: ['Mod+Shift+Enter'],
      isEnabled: isIdle,
      perform: () => getState().setSeed(randomSeed()),
    },
    download: {
      ...picture,
      label: 'Download the picture',
      hotkeys: ['Mod+S'],
      isEnabled: () => getState().resultUrl !== null,
      perform: () => saveResult(getState()),
    },
    help: { ...page, label: 'Keys and help', hotkeys: ['?'], isEnabled: () => true, perform: openHelp },
    theme: {
      ...page,
      label: 'Theme: light, dark or as the system',
      hotkeys: [],
      isEnabled: () => true,
      perform: () => getState().setTheme(NEXT_THEME[getState().theme]),
    },
  };
}

/** Every action there is, in the order of the help dialog. */
export function allActions(page: PageActions): readonly Action[] {
  return [...PAINTER_ACTIONS, ...Object.values(page)];
}

/** The file that is on show already, with its recipe inside. */
function saveResult({ resultUrl, recipe }: AppState): void {
  if (!resultUrl || !recipe) return;
  const link = document.createElement('a');
  link.href = resultUrl;
  link.download = `face-${recipe.packId}-seed-${recipe.seed}.png`;
  link.click();
}
