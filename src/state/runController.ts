/** Drives the engine for the page: one activity at a time, its progress in the store, its frames in the cache. */
import { AppError, type ErrorCode } from '../diffusion/shared/errors';
import type { DiffusionEngine, GenerateJob, LoadOptions, PackInfo, StepFrame } from '../diffusion/shared/types';
import { toWire } from '../diffusion/shared/wire';
import { randomSeed } from '../lib/seed';
import { encodeResultPng, type ResultRecipe } from '../storage/resultPng';
import type { FrameCache } from './frameCache';
import { isBusy, modeFor, readsDescription, stepsOf } from './selectors';
import type { AppStore } from './store';

export interface PaintedMask {
  /** Class indices, row by row, `size` squared. */
  mask: Uint8Array<ArrayBuffer>;
  size: number;
}

interface Deps {
  store: AppStore;
  frames: FrameCache;
  /** A new engine; asked for again after a failure that leaves the old one unusable. */
  createEngine: () => DiffusionEngine;
  /** The folder of the pack to use; may reject with an `AppError`. */
  findPack: (signal: AbortSignal) => Promise<string>;
  loadOptions: LoadOptions;
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
const ABOUT_INPUT: ReadonlySet<ErrorCode> = new Set(['DESCRIPTION_EMPTY', 'MASK_INVALID']);

export class RunController {
  readonly #deps: Deps;
  #engine: DiffusionEngine | null = null;
  #isLoaded = false;
  #activity: AbortController | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Reads the pack's facts (name, size, collaborators), so that the page can say what a run will download. */
  async describe(): Promise<void> {
    const { store } = this.#deps;
    try {
      const pack = await this.#describe(new AbortController().signal);
      store.setState({ pack });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Loads the pack if it is not in memory, then makes a picture. Does nothing while busy; never rejects. */
  async generate(painted: PaintedMask): Promise<void> {
    const { store } = this.#deps;
    if (this.#activity || isBusy(store.getState())) return;
    const activity = new AbortController();
    this.#activity = activity;
    store.setState({ problem: null });
    try {
      const pack = store.getState().pack ?? (await this.#describe(activity.signal));
      store.setState({ pack });
      requireDescription(pack, store.getState());
      const engine = this.#engineNow();
      if (!this.#isLoaded) await this.#load(engine, activity.signal);
      await this.#run(engine, this.#job(pack, painted), pack, activity.signal);
      store.setState({ engine: 'ready' });
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#activity = null;
      store.setState({ load: null });
    }
  }

  /** Stops what is under way; the engine ends within one network call, and the pack stays loaded. */
  cancel(): void {
    this.#activity?.abort();
  }

  dispose(): void {
    this.cancel();
    this.#dropEngine();
    this.#clearPictures();
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

  async #load(engine: DiffusionEngine, signal: AbortSignal): Promise<void> {
    const { store, findPack, loadOptions } = this.#deps;
    store.setState({ engine: 'loading', load: null });
    const onProgress = (load: NonNullable<ReturnType<typeof store.getState>['load']>) => store.setState({ load });
    const info = await engine.load(await findPack(signal), loadOptions, onProgress, signal);
    this.#isLoaded = true;
    store.setState({ pack: info.pack, device: info.device, load: null });
  }

  #job(pack: PackInfo, painted: PaintedMask): GenerateJob {
    const { store } = this.#deps;
    if (!store.getState().keepSeed) store.setState({ seed: randomSeed() });
    const state = store.getState();
    return {
      mask: painted.mask,
      maskSize: painted.size,
      description: state.description.trim(),
      seed: state.seed,
      steps: stepsOf(state),
      eta: pack.defaults.eta,
      mode: modeFor(pack, state.mode),
    };
  }

  async #run(engine: DiffusionEngine, job: GenerateJob, pack: PackInfo, signal: AbortSignal): Promise<void> {
    const { store, frames } = this.#deps;
    const { description, seed, steps, eta, mode } = job;
    const recipe: ResultRecipe = { seed, steps, eta, mode, description, packId: pack.id };
    this.#clearPictures();
    store.setState({ engine: 'running', recipe });
    let milliseconds = 0;
    const onStep = (frame: StepFrame) => {
      frames.add(frame);
      milliseconds += frame.milliseconds;
      store.setState({ lastStep: frame.step, millisecondsPerStep: milliseconds / frames.all.length });
    };
    const result = await engine.generate(job, onStep, signal);
    result.image.close();
    if (result.movedTo) store.setState({ device: result.movedTo });
    const png = await encodeResultPng(result.pixels, pack.imageSize, recipe);
    store.setState({ resultUrl: URL.createObjectURL(png) });
  }

  #clearPictures(): void {
    const { store, frames } = this.#deps;
    const { resultUrl } = store.getState();
    if (resultUrl) URL.revokeObjectURL(resultUrl);
    store.setState({ lastStep: 0, millisecondsPerStep: 0, resultUrl: null, selectedStep: null, recipe: null });
    frames.clear();
  }

  /** Puts a failure where people see it. Being stopped on demand is none. */
  #fail(error: unknown): void {
    const { store } = this.#deps;
    const problem = toWire(error);
    if (FATAL.has(problem.code)) this.#dropEngine();
    const calm = this.#isLoaded ? 'ready' : 'empty';
    if (problem.code === 'ABORTED') store.setState({ engine: calm });
    else store.setState({ engine: ABOUT_INPUT.has(problem.code) ? calm : 'error', problem });
  }
}

/** @throws AppError `DESCRIPTION_EMPTY` before any download, if the run would read a description and there is none. */
function requireDescription(pack: PackInfo, state: { description: string; mode: string }): void {
  if (state.description.trim() !== '' || !readsDescription(pack, state.mode)) return;
  throw new AppError(
    'DESCRIPTION_EMPTY',
    'The description is empty, and this mode reads it.',
    'Write a few words, or choose “Mask only”.',
  );
}
