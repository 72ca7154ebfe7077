/** Makes faces for the page: a run's progress in the store, its frames in the cache. */
import { AppError, type WireError } from '../diffusion/shared/errors';
import type { GenerateJob, PackInfo, StepFrame } from '../diffusion/shared/types';
import { randomSeed } from '../lib/seed';
import { encodeResultPng, type ResultRecipe } from '../storage/resultPng';
import type { EngineHost, Tools } from './engineHost';
import type { FrameCache } from './frameCache';
import { modeFor, readsDescription, stepsOf } from './selectors';
import type { AppStore } from './store';

export interface PaintedMask {
  /** Class indices, row by row, `size` squared. */
  mask: Uint8Array<ArrayBuffer>;
  size: number;
}

interface Deps {
  store: AppStore;
  frames: FrameCache;
  host: EngineHost;
}

export class RunController {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Reads the pack's facts, or shows why it could not. */
  describe(): Promise<void> {
    return this.#deps.host.describe(this.#report);
  }

  /** Makes a picture, once the mask is there. Does nothing while busy; never rejects. */
  async generate(painted: PaintedMask | Promise<PaintedMask>): Promise<void> {
    const { host, store } = this.#deps;
    await host.perform({
      activity: 'generate',
      report: this.#report,
      check: (pack) => {
        const { description, mode } = store.getState();
        requireDescription(pack, description, mode);
      },
      run: async (tools) => this.#run(this.#job(tools.pack, await painted), tools),
    });
  }

  dispose(): void {
    this.#clearPictures();
  }

  readonly #report = (problem: WireError | null): void => {
    this.#deps.store.setState({ problem });
  };

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

  async #run(job: GenerateJob, { engine, pack, signal }: Tools): Promise<void> {
    const { store, frames } = this.#deps;
    const { description, seed, steps, eta, mode } = job;
    const recipe: ResultRecipe = { seed, steps, eta, mode, description, packId: pack.id };
    this.#clearPictures();
    store.setState({ recipe });
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
}

/** @throws AppError `DESCRIPTION_EMPTY` before any download, if a run in this mode would read a description and there is none */
export function requireDescription(pack: PackInfo, description: string, mode: string): void {
  if (description.trim() !== '' || !readsDescription(pack, mode)) return;
  throw new AppError(
    'DESCRIPTION_EMPTY',
    'The description is empty, and this mode reads it.',
    'Write a few words, or choose “Mask only”.',
  );
}
