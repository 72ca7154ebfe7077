import { EditBench } from './editBench';
import { EditController } from './editController';
import { EditMemory } from './editMemory';
import { EngineHost } from './engineHost';
import { FrameCache } from './frameCache';
import { PhotoController, type EditMask } from './photoController';
import { RunController } from './runController';
import type { Session } from './session';
import { createAppStore } from './store';

type HostDeps = ConstructorParameters<typeof EngineHost>[0];

/** Store, bytes and controllers, put together around one engine. */
export function createSession(options: Omit<HostDeps, 'store'> & { editMask: EditMask }): Session {
  const { editMask: mask, ...engine } = options;
  const store = createAppStore();
  const [frames, bench] = [new FrameCache(), new EditBench()];
  const host = new EngineHost({ store, ...engine });
  const photos = new PhotoController({ store, host, bench, mask });
  const edits = new EditController({ store, host, bench, mask });
  return {
    store,
    frames,
    bench,
    host,
    photos,
    controller: new RunController({ store, frames, host }),
    edits,
    memory: new EditMemory({ store, bench, mask, photos, edits }),
  };
}
