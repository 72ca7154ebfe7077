import { createEngine } from '../diffusion/client/createEngine';
import { copyOfMask, putMask } from '../features/canvas';
import { findPack } from '../features/packs';
import { createSession } from '../state/createSession';
import { editStateOf } from '../state/selectors';
import type { Session } from '../state/session';
import { readUrlOptions } from './urlOptions';

/** The page's session: its engine, the pack that the address asks for, and the painter's masks. */
export function createPageSession(): Session {
  const { pack, load } = readUrlOptions(window.location.search);
  return createSession({
    createEngine,
    findPack: (signal) => findPack(pack, document.baseURI, signal),
    loadOptions: load,
    editMask: { put: (...contents) => putMask('edit', ...contents), get: () => copyOfMask('edit') },
  });
}

/** Says on the document's element where engine and edit stand, for scripts and tests outside. @returns the function that ends it */
export function showStates({ store }: Session): () => void {
  const { dataset } = document.documentElement;
  const apply = () => {
    dataset.engine = store.getState().engine;
    dataset.edit = editStateOf(store.getState());
  };
  apply();
  return store.subscribe(apply);
}
