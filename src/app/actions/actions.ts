/** All that can be done on demand: one list feeds buttons, keys and the help dialog. The painter brings its own part of it. */
import { PAINTER_ACTIONS, type currentMask } from '../../features/canvas';
import type { Action } from '../../lib/actions';
import { randomSeed } from '../../lib/seed';
import { saveFile } from '../../lib/saveFile';
import { canEdit, isBusy } from '../../state/selectors';
import type { Session } from '../../state/session';
import type { Theme } from '../../state/settingsSlice';
import type { AppState } from '../../state/store';

type Actions<Id extends string> = Record<Id, Action>;

/** What the page around the painter can do: everywhere, and in each of its views. */
export interface PageActions {
  page: Actions<'cancel' | 'help' | 'theme' | 'createView' | 'editView'>;
  create: Actions<'generate' | 'newSeed' | 'download'>;
  edit: Actions<'apply' | 'strengths' | 'models' | 'adjustCrop' | 'newSeed' | 'download'>;
}

interface Deps {
  session: Session;
  mask: typeof currentMask;
  /** Brings the picture into sight. */
  revealResult: () => void;
  openHelp: () => void;
}

const NEXT_THEME: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

export function createPageActions(deps: Deps): PageActions {
  return { page: pageActions(deps), create: createActions(deps), edit: editActions(deps) };
}

/** Every action there is, in the order of the help dialog. */
export function allActions({ page, create, edit }: PageActions): readonly Action[] {
  return [...PAINTER_ACTIONS, ...Object.values(create), ...Object.values(edit), ...Object.values(page)];
}

function pageActions({ session: { store, host }, openHelp }: Deps): PageActions['page'] {
  const page = { group: 'Page', scope: 'page', hotkeys: [], isEnabled: () => true } as const;
  return {
    cancel: {
      ...page,
      group: 'Picture',
      label: 'Cancel what is running',
      hotkeys: ['Escape'],
      isEnabled: () => isBusy(store.getState()),
      perform: () => host.cancel(),
    },
    help: { ...page, label: 'Keys and help', hotkeys: ['?'], perform: openHelp },
    theme: {
      ...page,
      label: 'Theme: light, dark or as the system',
      perform: () => store.getState().setTheme(NEXT_THEME[store.getState().theme]),
    },
    createView: { ...page, label: 'Go to “Create”', perform: () => (window.location.hash = '#create') },
    editView: { ...page, label: 'Go to “Edit”', perform: () => (window.location.hash = '#edit') },
  };
}

function createActions({ session, mask, revealResult }: Deps): PageActions['create'] {
  const { store, controller } = session;
  const isIdle = () => !isBusy(store.getState());
  const picture = { group: 'Picture', scope: 'page' } as const;
  return {
    generate: {
      ...picture,
      label: 'Generate a face',
      hotkeys: ['Mod+Enter'],
      isEnabled: isIdle,
      perform: () => {
        void controller.generate(mask());
        revealResult();
      },
    },
    newSeed: {
      ...picture,
      label: 'Take another seed',
      hotkeys: ['Mod+Shift+Enter'],
      isEnabled: isIdle,
      perform: () => store.getState().setSeed(randomSeed()),
    },
    download: {
      ...picture,
      label: 'Download the picture',
      hotkeys: ['Mod+S'],
      isEnabled: () => store.getState().resultUrl !== null,
      perform: () => saveResult(store.getState()),
    },
  };
}

function editActions({ session, revealResult }: Deps): PageActions['edit'] {
  const { store, edits, photos } = session;
  const photo = { group: 'Photo', scope: 'page', isEnabled: () => canEdit(store.getState()) } as const;
  const apply = (kind: Parameters<typeof edits.apply>[0]) => () => {
    void edits.apply(kind);
    revealResult();
  };
  return {
    apply: { ...photo, label: 'Apply the edit', hotkeys: ['Mod+Enter'], perform: apply('one') },
    strengths: { ...photo, label: 'Edit in eight strengths', hotkeys: [], perform: apply('strengths') },
    models: { ...photo, label: 'Edit by each model alone and by all', hotkeys: [], perform: apply('models') },
    adjustCrop: { ...photo, label: 'Adjust the square', hotkeys: [], perform: () => photos.adjustCrop() },
    newSeed: {
      ...photo,
      label: 'Take another seed for the edit',
      hotkeys: ['Mod+Shift+Enter'],
      perform: () => store.getState().setEdit({ editSeed: randomSeed() }),
    },
    download: {
      ...photo,
      label: 'Download the edited photo',
      hotkeys: ['Mod+S'],
      isEnabled: () => store.getState().shownEdit !== null,
      perform: () => void edits.download().then((file) => file && saveFile(file.png, file.name)),
    },
  };
}

/** The file that is on show already, with its recipe inside. */
function saveResult({ resultUrl, recipe }: AppState): void {
  if (resultUrl && recipe) saveFile(resultUrl, `face-${recipe.packId}-seed-${recipe.seed}.png`);
}
