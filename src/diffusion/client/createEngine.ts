/** The page's side of the engine: the same interface, over the worker. */
import { AppError } from '../shared/errors';
import type {
  DiffusionEngine,
  EngineInfo,
  GenerateJob,
  GenerateResult,
  LoadOptions,
  LoadProgress,
  PackInfo,
  StepFrame,
} from '../shared/types';
import { WorkerLink } from './workerLink';

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

  async load(
    packUrl: string,
    options: LoadOptions,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<EngineInfo> {
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
    if (!this.#lastLoad) throw new AppError('ENGINE_FAILED', 'No model pack is loaded.', 'Load a pack first.');
    // The worker may have been ended since: by a cancel it did not react to, or by a crash. The files are still kept.
    if (this.#loadedLink?.isOpen !== true) await this.#load(this.#lastLoad, () => undefined, signal);
    return this.#alive().call('generate', { job }, signal, { onStep });
  }

  dispose(): void {
    this.#link?.close('The engine was closed.');
    this.#link = null;
    this.#loadedLink = null;
    this.#lastLoad = null;
  }

  async #load(args: LoadArgs, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<EngineInfo> {
    const link = this.#alive();
    const info = await link.call('load', args, signal, { onProgress });
    this.#loadedLink = link;
    return info;
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
