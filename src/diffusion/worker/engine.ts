/** The engine inside the worker: a loaded pack, and generations on it one after the other. */
import { AppError } from '../shared/errors';
import { generationFiles } from '../shared/manifest';
import { toPackInfo } from '../shared/packInfo';
import type {
  DeviceInfo,
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
} from '../shared/types';
import { findGpu, openBackend, openOnWasm, reopen, type Backend, type Opening } from './backend';
import type { Tokenize } from './conditions';
import type { FrameSink } from './frameSink';
import { guarded, type Networks } from './networks';
import { PackStore } from './packStore';
import { toBitmap, toPixels } from './pictures';
import { notFinite, Run, type StepOutcome } from './run';
import { nextTask } from './time';
import { createTokenizer } from './tokenize';

/** More threads than this gain little on networks of this size and take the page's own cores. */
const MAX_THREADS = 4;
/** A GPU that is lost more often in one run is left alone. */
const MAX_LOSSES = 2;
/**
 * The maths wait this long for a slow page before a frame is dropped, or as long as the last step took, if that is longer. Only a page
 * that has all but stopped may lose steps of its strip: on a machine busy with other work an answer can take a second.
 */
const MIN_FRAME_WAIT_MS = 5000;

/** Threads need shared memory, and that needs an isolated page. */
function chooseThreads(wanted: number | null): number {
  if (!self.crossOriginIsolated) return 1;
  return Math.max(1, wanted ?? Math.min(MAX_THREADS, navigator.hardwareConcurrency));
}

type OnProgress = (progress: LoadProgress) => void;

interface Loaded {
  store: PackStore;
  tokenize: Tokenize | null;
  backend: Backend;
  threads: number;
  /** What the page believes. */
  told: DeviceInfo;
}

export class Engine {
  readonly #onAlive: () => void;
  #loaded: Loaded | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param onAlive called ahead of every network call */
  constructor(onAlive: () => void) {
    this.#onAlive = onAlive;
  }

  async describe(packUrl: string, signal: AbortSignal): Promise<PackInfo> {
    return toPackInfo((await PackStore.open(packUrl, signal)).manifest);
  }

  /** Once per engine: the runtime never gives memory back and fixes its threads, so the page starts a new worker instead. */
  async load(packUrl: string, options: LoadOptions, onProgress: OnProgress, signal: AbortSignal): Promise<EngineInfo> {
    const store = await PackStore.open(packUrl, signal);
    const { manifest } = store;
    const gpu = await findGpu(options.device);
    await store.ensure(generationFiles(manifest), onProgress, signal);
    const text = manifest.text_encoder;
    const tokenize = text ? createTokenizer(await store.read(text.tokenizer, signal)) : null;
    const threads = chooseThreads(options.threads);
    const backend = await openBackend({ store, threads, onProgress, signal }, options.device, gpu);
    this.#loaded = { store, tokenize, backend, threads, told: backend.info };
    return { pack: toPackInfo(manifest), device: backend.info };
  }

  /** One after the other: a second call waits for the first. */
  generate(job: GenerateJob, sink: FrameSink, signal: AbortSignal): Promise<GenerateResult> {
    const result = this.#turn.then(() => this.#generate(job, sink, signal));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #generate(job: GenerateJob, sink: FrameSink, signal: AbortSignal): Promise<GenerateResult> {
    const loaded = this.#loaded;
    if (!loaded) throw new AppError('ENGINE_FAILED', 'No pack is loaded.', 'Reload the page.');
    const started = performance.now();
    const run = new Run(loaded.store.manifest, job, loaded.tokenize);
    const pixels = await this.#survive(loaded, signal, (networks) => this.#draw(loaded.store, networks, run, sink));
    sink.flush();
    const image = await toBitmap(pixels, loaded.store.manifest.image_size);
    const { info } = loaded.backend;
    const moved: { movedTo?: DeviceInfo } = info === loaded.told ? {} : { movedTo: info };
    loaded.told = info;
    return { image, pixels, milliseconds: performance.now() - started, ...moved };
  }

  findFaces(_photo: RgbaPicture, _onProgress: OnProgress, _signal: AbortSignal): Promise<FoundFace[]> {
    return Promise.reject(new AppError('EDIT_UNSUPPORTED', 'This page cannot edit photos yet.', 'Come back later.'));
  }

  readFace(_image: Uint8ClampedArray, _onProgress: OnProgress, _signal: AbortSignal): Promise<FaceReading> {
    return Promise.reject(new AppError('EDIT_UNSUPPORTED', 'This page cannot edit photos yet.', 'Come back later.'));
  }

  edit(_job: EditJob, _onProgress: OnProgress, _sink: FrameSink, _signal: AbortSignal): Promise<EditResult> {
    return Promise.reject(new AppError('EDIT_UNSUPPORTED', 'This page cannot edit photos yet.', 'Come back later.'));
  }

  /** Runs `work`, and again on a rebuilt or safer device for as long as there is one. */
  async #survive<T>(loaded: Loaded, signal: AbortSignal, work: (networks: Networks) => Promise<T>): Promise<T> {
    const checkpoint = async (): Promise<void> => {
      this.#onAlive();
      await nextTask();
      signal.throwIfAborted();
    };
    for (let losses = 0; ; losses++) {
      const { backend } = loaded;
      try {
        return await work(guarded(backend.networks, checkpoint, backend.lost));
      } catch (error) {
        signal.throwIfAborted();
        if (backend.info.device === 'wasm') throw error;
        const opening: Opening = { ...loaded, onProgress: () => undefined, signal };
        loaded.backend = await this.#replace(opening, backend.lost.aborted && losses < MAX_LOSSES, error);
        void backend.networks.close();
      }
    }
  }

  /** Another backend for one that failed with `error`. */
  async #replace(opening: Opening, retryGpu: boolean, error: unknown): Promise<Backend> {
    if (retryGpu) {
      const gpu = await findGpu('webgpu').catch(() => null);
      if (gpu && 'device' in gpu) {
        const backend = await reopen(opening, gpu).catch(() => null);
        if (backend) return backend;
      }
    }
    const text = error instanceof Error ? error.message : String(error);
    return openOnWasm(opening, `The graphics card failed during a run: ${text}`);
  }

  /** @returns the final picture's pixels */
  async #draw(
    store: PackStore,
    networks: Networks,
    run: Run,
    sink: FrameSink,
  ): Promise<Uint8ClampedArray<ArrayBuffer>> {
    const { codec, image_size: size, latent } = store.manifest;
    const shape = [1, ...latent.shape];
    const final = await run.execute(networks, async (outcome) => {
      await sink.room(Math.max(MIN_FRAME_WAIT_MS, outcome.milliseconds));
      const preview = await networks.run(codec.preview, { latent: { data: outcome.x0, shape } });
      await this.#show(outcome, preview, store, sink);
    });
    const image = await networks.run(codec.decoder, { latent: { data: final, shape } });
    if (!image.every(Number.isFinite)) throw notFinite();
    return toPixels(image, size);
  }

  async #show(outcome: StepOutcome, preview: Float32Array, store: PackStore, sink: FrameSink): Promise<void> {
    const { codec, latent } = store.manifest;
    const [, height, width] = latent.shape;
    const { step, total, timestep, influence, milliseconds } = outcome;
    const bitmap = await toBitmap(toPixels(preview, codec.preview_size), codec.preview_size);
    sink.push({
      step,
      total,
      timestep,
      influence,
      milliseconds,
      preview: bitmap,
      influenceSize: { height, width },
    });
  }
}
