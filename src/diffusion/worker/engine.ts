/** The engine inside the worker: a loaded pack, and work on it, one piece after the other. */
import { AppError } from '../shared/errors';
import { generationFiles } from '../shared/manifest';
import { toPackInfo } from '../shared/packInfo';
import type {
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
import { findGpu, openBackend } from './backend';
import { decode, showEdit, showStep } from './draw';
import { EditRun } from './editRun';
import { findFaces } from './faces/findFaces';
import { readFace } from './faces/readFace';
import type { FrameSink } from './frameSink';
import { checkImage, Inversion } from './inversion';
import { LoadedPack } from './loadedPack';
import { PackStore } from './packStore';
import { toBitmap } from './pictures';
import { Run } from './run';
import { createTokenizer } from './tokenize';

/** More threads than this gain little on networks of this size and take the page's own cores. */
const MAX_THREADS = 4;
/** One per mode that people compare: both, the mask's model alone, the words' alone. A few megabytes each. */
const KEPT_INVERSIONS = 3;

type OnProgress = (progress: LoadProgress) => void;

/** Threads need shared memory, and that needs an isolated page. */
function chooseThreads(wanted: number | null): number {
  if (!self.crossOriginIsolated) return 1;
  return Math.max(1, wanted ?? Math.min(MAX_THREADS, navigator.hardwareConcurrency));
}

export class Engine {
  readonly #onAlive: () => void;
  #pack: LoadedPack | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** Of photos edited lately, the latest first. */
  #inversions: Inversion[] = [];

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
    this.#pack = new LoadedPack(store, tokenize, backend, threads, this.#onAlive);
    return { pack: toPackInfo(manifest), device: backend.info };
  }

  generate(job: GenerateJob, sink: FrameSink, signal: AbortSignal): Promise<GenerateResult> {
    return this.#inTurn(async (pack) => {
      const started = performance.now();
      const { manifest } = pack.store;
      const run = new Run(manifest, job, pack.tokenize);
      const pixels = await pack.run({ needs: [], onProgress: () => undefined, signal }, async (networks) => {
        const latent = await run.execute(networks, (outcome) => showStep(manifest, networks, outcome, sink));
        return decode(manifest, networks, latent);
      });
      sink.flush();
      const image = await toBitmap(pixels, manifest.image_size);
      return { image, pixels, milliseconds: performance.now() - started, ...pack.takeMove() };
    });
  }

  findFaces(photo: RgbaPicture, onProgress: OnProgress, signal: AbortSignal): Promise<FoundFace[]> {
    return this.#inTurn(async (pack) => {
      const aligner = pack.store.manifest.helpers?.aligner;
      if (!aligner) return [];
      const needs = [aligner.detector, aligner.mesh];
      return pack.run({ needs, onProgress, signal }, (networks) => findFaces(networks, aligner, photo));
    });
  }

  readFace(image: Uint8ClampedArray<ArrayBuffer>, onProgress: OnProgress, signal: AbortSignal): Promise<FaceReading> {
    return this.#inTurn(async (pack) => {
      const { helpers, image_size: size } = pack.store.manifest;
      const { parser, attributes } = helpers ?? {};
      if (!parser) throw cannotEdit();
      checkImage(image, size);
      const needs = attributes ? [parser.network, attributes.network] : [parser.network];
      return pack.run({ needs, onProgress, signal }, (networks) => {
        return readFace(networks, parser, attributes, image, size);
      });
    });
  }

  edit(job: EditJob, onProgress: OnProgress, sink: FrameSink, signal: AbortSignal): Promise<EditResult> {
    return this.#inTurn(async (pack) => {
      const started = performance.now();
      const { manifest } = pack.store;
      if (manifest.codec.encoder === undefined) throw cannotEdit();
      const run = new EditRun(manifest, job, this.#inversionOf(pack, job), pack.tokenize);
      const work = { needs: [manifest.codec.encoder], onProgress, signal };
      const pictures = await pack.run(work, async (networks) => {
        const { source, edits } = await run.execute(networks, (made) => showEdit(manifest, networks, made, sink));
        const reconstruction = await decode(manifest, networks, source);
        const decoded: EditResult['edits'] = [];
        for (const [i, strength] of job.strengths.entries()) {
          decoded.push({ strength, pixels: await decode(manifest, networks, edits[i]!) });
        }
        return { reconstruction, edits: decoded };
      });
      sink.flush();
      return { ...pictures, milliseconds: performance.now() - started, ...pack.takeMove() };
    });
  }

  /** The inversion that the job needs, remembered or new. A stopped job leaves what it has inverted to the next. */
  #inversionOf({ store, tokenize }: LoadedPack, job: EditJob): Inversion {
    const known = this.#inversions.find((inversion) => inversion.isOf(job));
    const inversion = known ?? new Inversion(store.manifest, job, tokenize);
    const others = this.#inversions.filter((other) => other !== inversion);
    this.#inversions = [inversion, ...others].slice(0, KEPT_INVERSIONS);
    return inversion;
  }

  /** One after the other: a second call waits for the first. */
  #inTurn<T>(task: (pack: LoadedPack) => Promise<T>): Promise<T> {
    const result = this.#turn.then(() => {
      if (!this.#pack) throw new AppError('ENGINE_FAILED', 'No pack is loaded.', 'Reload the page.');
      return task(this.#pack);
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function cannotEdit(): AppError {
  return new AppError('EDIT_UNSUPPORTED', 'This model pack cannot edit photos.', 'Choose another pack.');
}
