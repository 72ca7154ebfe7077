/** The page's side of the engine: the same interface, over the worker. */
import { AppError } from '../shared/errors';
import type {
  DiffusionEngine,
  EditFrame,
  EditJob,
  EditResult,
  EngineInfo,
  FaceReading,
  FoundFace,
  GenerateJob,
  GenerateResult,
  LoadOptions,
  LoadProgress,
  PackInfo,
  RgbaPicture,
  StepFrame,
} from '../shared/types';
import { WorkerLink } from './workerLink';

type OnProgress = (progress: LoadProgress) => void;

interface LoadArgs {
  packUrl: string;
  options: LoadOptions;
}

function spawnWorker(): Worker {
  return new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'diffusion' });
}

/** @param spawn starts the worker; another one only in tests */
export function createEngine(spawn: () => Worker = spawnWorker): DiffusionEngine {
  return new RemoteEngine(spawn);
}

class RemoteEngine implements DiffusionEngine {
  readonly #spawn: () => Worker;
  #link: WorkerLink | null = null;
  /** What the last successful load asked for: a respawned worker is given it again. */
  #lastLoad: LoadArgs | null = null;
  /** The worker that holds `#lastLoad`. */
  #loadedLink: WorkerLink | null = null;

  constructor(spawn: () => Worker) {
    this.#spawn = spawn;
  }

  describe(packUrl: string, signal: AbortSignal): Promise<PackInfo> {
    return this.#alive().call('describe', { packUrl: absolute(packUrl) }, signal);
  }

  async load(packUrl: string, options: LoadOptions, onProgress: OnProgress, signal: AbortSignal): Promise<EngineInfo> {
    // A fresh worker for every pack: WASM memory never shrinks, and threads are fixed by the first session.
    if (this.#loadedLink) this.#loadedLink.close('Another pack is being loaded.');
    const args = { packUrl: absolute(packUrl), options };
    const info = await this.#load(args, onProgress, signal);
    this.#lastLoad = args;
    return info;
  }

  async generate(
    job: GenerateJob,
    onStep: (frame: StepFrame) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<GenerateResult> {
    const link = await this.#loadedNow(() => undefined, signal);
    return link.call('generate', { job }, signal, { onStep });
  }

  async findFaces(photo: RgbaPicture, onProgress: OnProgress, signal: AbortSignal): Promise<FoundFace[]> {
    const link = await this.#loadedNow(onProgress, signal);
    return link.call('findFaces', { photo }, signal, { onProgress });
  }

  async readFace(
    image: Uint8ClampedArray<ArrayBuffer>,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<FaceReading> {
    const link = await this.#loadedNow(onProgress, signal);
    return link.call('readFace', { image }, signal, { onProgress });
  }

  async edit(
    job: EditJob,
    onProgress: OnProgress,
    onStep: (frame: EditFrame) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<EditResult> {
    const link = await this.#loadedNow(onProgress, signal);
    return link.call('edit', { job }, signal, { onProgress, onStep });
  }

  dispose(): void {
    this.#link?.close('The engine was closed.');
    this.#link = null;
    this.#loadedLink = null;
    this.#lastLoad = null;
  }

  async #load(args: LoadArgs, onProgress: OnProgress, signal: AbortSignal): Promise<EngineInfo> {
    const link = this.#alive();
    const info = await link.call('load', args, signal, { onProgress });
    this.#loadedLink = link;
    return info;
  }

  /**
   * A worker that holds the pack. The one it was loaded into may have been ended since, by a cancel that it did not react to or
   * by a crash; the files are still kept.
   */
  async #loadedNow(onProgress: OnProgress, signal: AbortSignal): Promise<WorkerLink> {
    if (!this.#lastLoad) throw new AppError('ENGINE_FAILED', 'No model pack is loaded.', 'Load a pack first.');
    if (this.#loadedLink?.isOpen !== true) await this.#load(this.#lastLoad, onProgress, signal);
    return this.#alive();
  }

  #alive(): WorkerLink {
    if (this.#link?.isOpen !== true) this.#link = new WorkerLink(this.#spawn());
    return this.#link;
  }
}

/** The worker's own address differs from the page's, so relative URLs must be resolved here. */
function absolute(url: string): string {
  return new URL(url, document.baseURI).href;
}
