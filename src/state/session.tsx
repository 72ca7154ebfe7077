/** Gives React the store, the bytes beside it and the controllers. One session lives as long as the page. */
import { createContext, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { EditBench } from './editBench';
import type { EditController } from './editController';
import type { EditMemory } from './editMemory';
import type { EngineHost } from './engineHost';
import type { FrameCache } from './frameCache';
import type { PhotoController } from './photoController';
import type { RunController } from './runController';
import type { AppState, AppStore } from './store';

export interface Session {
  store: AppStore;
  frames: FrameCache;
  host: EngineHost;
  controller: RunController;
  bench: EditBench;
  photos: PhotoController;
  edits: EditController;
  memory: EditMemory;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A component that uses the session stands outside its provider.');
  return session;
}

/** A value of the store; the component draws again when it changes. Select one value, not a new object. */
export function useAppState<T>(selector: (state: AppState) => T): T {
  return useStore(useSession().store, selector);
}
