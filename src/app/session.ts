import { createEngine } from '../diffusion/client/createEngine';
import { findPack } from '../features/packs';
import { FrameCache } from '../state/frameCache';
import { RunController } from '../state/runController';
import type { Session } from '../state/session';
import { createAppStore } from '../state/store';
import { readUrlOptions } from './urlOptions';

/** The page's store, frames and engine, put together. */
export function createSession(): Session {
  const store = createAppStore();
  const frames = new FrameCache();
  const { pack, load } = readUrlOptions(window.location.search);
  const controller = new RunController({
    store,
    frames,
    createEngine,
    findPack: (signal) => findPack(pack, document.baseURI, signal),
    loadOptions: load,
  });
  return { store, frames, controller };
}

/** Says on the document's element where the engine stands, for scripts and tests outside. @returns the function that ends it */
export function showEngineState({ store }: Session): () => void {
  const apply = (engine: string) => {
    document.documentElement.dataset.engine = engine;
  };
  apply(store.getState().engine);
  return store.subscribe((state) => state.engine, apply);
}
