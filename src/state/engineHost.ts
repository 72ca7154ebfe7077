/** The one engine of the page and who has it at the moment: one activity at a time, whichever view it comes from. */
import type { ErrorCode, WireError } from '../diffusion/shared/errors';
import type { DiffusionEngine, LoadOptions, LoadProgress, PackInfo } from '../diffusion/shared/types';
import { toWire } from '../diffusion/shared/wire';
import type { Activity } from './runSlice';
import type { AppStore } from './store';

interface Deps {
  store: AppStore;
  /** A new engine; asked for again after a failure that leaves the old one unusable. */
  createEngine: () => DiffusionEngine;
  /** The folder of the pack to use; may reject with an `AppError`. */
  findPack: (signal: AbortSignal) => Promise<string>;
  loadOptions: LoadOptions;
}

/** What an activity works with. */
export interface Tools {
  engine: DiffusionEngine;
  pack: PackInfo;
  signal: AbortSignal;
  /** For what the engine fetches besides. */
  onProgress: (progress: LoadProgress) => void;
}

interface Work {
  activity: Activity;
  /** Shows a failure where it belongs; `null` when a new try begins. Being stopped on demand is none. */
  report: (problem: WireError | null) => void;
  /** Throws before anything is downloaded if the work makes no sense. */
  check: (pack: PackInfo) => void;
  run: (tools: Tools) => Promise<void>;
}

/** After these the worker, or what it holds, cannot be trusted: the next run starts with a fresh one. */
const FATAL: ReadonlySet<ErrorCode> = new Set([
  'ENGINE_DEAD',
  'ENGINE_FAILED',
  'DEVICE_LOST',
  'OUT_OF_MEMORY',
  'NOT_FINITE',
]);

/** These are about what was asked, not about the engine, which stays as it was. */
const ABOUT_INPUT: ReadonlySet<ErrorCode> = new Set([
  'DESCRIPTION_EMPTY',
  'MASK_INVALID',
  'PHOTO_INVALID',
  'EDIT_UNSUPPORTED',
]);

export class EngineHost {
  readonly #deps: Deps;
  #engine: DiffusionEngine | null = null;
  #isLoaded = false;
  #control: AbortController | null = null;
  #working: Promise<boolean> = Promise.resolve(true);

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get isBusy(): boolean {
    return this.#control !== null;
  }

  /** Reads the pack's facts (name, size, collaborators), so that the page can say what a run will download. */
  async describe(report: Work['report']): Promise<void> {
    try {
      const pack = await this.#describe(new AbortController().signal);
      this.#deps.store.setState({ pack });
    } catch (error) {
      this.#fail(error, report);
    }
  }

  /** Loads the pack if it is not in memory, then works with it. Never rejects. @returns whether it was done; `false` while busy too */
  perform(work: Work): Promise<boolean> {
    if (this.#control) return Promise.resolve(false);
    this.#working = this.#perform(work);
    return this.#working;
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    while (this.#control) await this.#working;
  }

  /** Stops what is under way; the engine ends within one network call, and the pack stays loaded. */
  cancel(): void {
    this.#control?.abort();
  }

  dispose(): void {
    this.cancel();
    this.#dropEngine();
  }

  async #perform({ activity, report, check, run }: Work): Promise<boolean> {
    const { store } = this.#deps;
    const control = new AbortController();
    const { signal } = control;
    this.#control = control;
    const onProgress = (load: LoadProgress) => store.setState({ load });
    report(null);
    store.setState({ activity });
    try {
      const pack = store.getState().pack ?? (await this.#describe(signal));
      store.setState({ pack });
      check(pack);
      const engine = this.#engineNow();
      if (!this.#isLoaded) await this.#load(engine, onProgress, signal);
      store.setState({ engine: 'running', load: null });
      await run({ engine, pack, signal, onProgress });
      store.setState({ engine: 'ready' });
      return true;
    } catch (error) {
      this.#fail(error, report);
      return false;
    } finally {
      this.#control = null;
      store.setState({ load: null, activity: null });
    }
  }

  #engineNow(): DiffusionEngine {
    this.#engine ??= this.#deps.createEngine();
    return this.#engine;
  }

  #dropEngine(): void {
    this.#engine?.dispose();
    this.#engine = null;
    this.#isLoaded = false;
  }

  async #describe(signal: AbortSignal): Promise<PackInfo> {
    return this.#engineNow().describe(await this.#deps.findPack(signal), signal);
  }

  async #load(engine: DiffusionEngine, onProgress: Tools['onProgress'], signal: AbortSignal): Promise<void> {
    const { store, findPack, loadOptions } = this.#deps;
    store.setState({ engine: 'loading', load: null });
    const info = await engine.load(await findPack(signal), loadOptions, onProgress, signal);
    this.#isLoaded = true;
    store.setState({ pack: info.pack, device: info.device });
  }

  #fail(error: unknown, report: Work['report']): void {
    const { store } = this.#deps;
    const problem = toWire(error);
    if (FATAL.has(problem.code)) this.#dropEngine();
    const calm = this.#isLoaded ? 'ready' : 'empty';
    const isCalm = problem.code === 'ABORTED' || ABOUT_INPUT.has(problem.code);
    store.setState({ engine: isCalm ? calm : 'error' });
    if (problem.code !== 'ABORTED') report(problem);
  }
}
