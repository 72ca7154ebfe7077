/** What the page and the engine say to each other, free of any worker or runtime detail. */
import type { Square } from '../../lib/square';

/** `both` blends by influence, `fixed` by equal weights; any other value is the id of the one collaborator that runs alone. */
export type Mode = 'both' | 'fixed' | (string & {});

export type DeviceChoice = 'auto' | 'webgpu' | 'wasm';

export interface LoadOptions {
  /** `auto` takes WebGPU where its numbers agree with WASM, else WASM. */
  device: DeviceChoice;
  /** WASM threads; `null` lets the engine choose from the core count and isolation. */
  threads: number | null;
}

type LoadStage = 'download' | 'verify' | 'prepare';

export interface LoadProgress {
  stage: LoadStage;
  /** Bytes for `download` and `verify`, networks for `prepare`. */
  loaded: number;
  total: number;
}

export interface CollaboratorInfo {
  id: string;
  label: string;
  kind: 'class_mask' | 'tokens';
  hasInfluence: boolean;
}

export interface PackInfo {
  id: string;
  title: string;
  licence: string;
  /** Bytes that a first visit downloads. */
  bytes: number;
  imageSize: number;
  latentSize: { channels: number; height: number; width: number };
  collaborators: CollaboratorInfo[];
  defaults: { steps: number; editSteps: number; eta: number };
  /** What it can do with a photo; `null` without a codec encoder or a face parser. */
  edit: EditInfo | null;
}

export interface EditInfo {
  /** Finds faces by itself; otherwise a person sets the crop. */
  hasAligner: boolean;
  /** Describes a face. */
  hasAttributes: boolean;
  /** Bytes that the first photo downloads besides the pack's own. */
  bytes: number;
}

export interface DeviceInfo {
  device: 'webgpu' | 'wasm';
  threads: number;
  /** One plain sentence: why this device. */
  reason: string;
  /** The adapter's name on WebGPU, else `null`. */
  adapter: string | null;
}

export interface EngineInfo {
  pack: PackInfo;
  device: DeviceInfo;
}

export interface GenerateJob {
  /** Class indices 0–18, row by row, square of any size. */
  mask: Uint8Array<ArrayBuffer>;
  maskSize: number;
  description: string;
  /** uint32 */
  seed: number;
  /** 1 … T */
  steps: number;
  /** DDIM η, 0 (deterministic) … 1 */
  eta: number;
  mode: Mode;
}

export interface InfluenceMap {
  collaborator: string;
  /** Weights in [0, 1] after softmax, schedule and scale, row by row at latent resolution; the maps of a step sum to one. */
  weights: Float32Array<ArrayBuffer>;
}

export interface StepFrame {
  /** 1 … total */
  step: number;
  total: number;
  timestep: number;
  /** The predicted x_0, small. */
  preview: ImageBitmap;
  /** Empty in uni-modal runs. */
  influence: InfluenceMap[];
  influenceSize: { height: number; width: number };
  milliseconds: number;
}

export interface GenerateResult {
  image: ImageBitmap;
  /** RGBA, row by row, `imageSize` squared. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
  milliseconds: number;
  /** Only when the run had to move to another device than the one that `load` named; later runs stay there. */
  movedTo?: DeviceInfo;
}

export interface RgbaPicture {
  /** RGBA, row by row */
  pixels: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

export interface FoundFace {
  /** In pixels of the photo. */
  crop: Square;
  /** The detector's, 0 … 1. */
  score: number;
  /** The head is turned so far that a crop from three points is a guess. */
  isProfile: boolean;
}

/** What a pack's helpers see in an aligned face. */
export interface FaceReading {
  /** Class indices, row by row, `maskSize` squared; `maskSize` is the pack's image size. */
  mask: Uint8Array<ArrayBuffer>;
  maskSize: number;
  /** Logits in the order of `face-attributes.json`, the last in years; `null` when the pack has no attribute net. */
  attributes: Float32Array<ArrayBuffer> | null;
}

/** What the collaborators are told: of the photo as it is, or of what it should become. */
interface EditSide {
  /** Class indices, row by row, square of any size. */
  mask: Uint8Array<ArrayBuffer>;
  maskSize: number;
  description: string;
}

export interface EditJob {
  /** The aligned face: RGBA, row by row, `imageSize` squared. */
  image: Uint8ClampedArray<ArrayBuffer>;
  source: EditSide;
  target: EditSide;
  /** Where something may change, 0 … 1, row by row, `imageSize` squared. */
  region: Float32Array<ArrayBuffer>;
  /**
   * 0 (nothing) … 1 (everything anew), one edit each. The inversion is made once, and remembered for the next job with the same
   * image, source, seed, steps, mode and balance.
   */
  strengths: number[];
  /** −1 (the mask's models rule) … 1 (those of the words); 0 is the pack's own. */
  balance: number;
  /** uint32 */
  seed: number;
  /** 1 … T */
  steps: number;
  mode: Mode;
}

export interface EditFrame {
  stage: 'invert' | 'edit';
  /** 1 … total, counted through the stage: all strengths together for `edit`. A remembered inversion has no frames. */
  step: number;
  total: number;
  /** The predicted x_0, small. */
  preview: ImageBitmap;
  /** Empty in uni-modal runs. */
  influence: InfluenceMap[];
  influenceSize: { height: number; width: number };
  milliseconds: number;
}

export interface EditResult {
  /** What the codec alone makes of the face: RGBA, `imageSize` squared. */
  reconstruction: Uint8ClampedArray<ArrayBuffer>;
  /** In the job's order; RGBA, `imageSize` squared. */
  edits: { strength: number; pixels: Uint8ClampedArray<ArrayBuffer> }[];
  milliseconds: number;
  /** As in `GenerateResult`. */
  movedTo?: DeviceInfo;
}

/** The same interface on both sides of the worker; every long call takes an AbortSignal and rejects with an `AppError`. */
export interface DiffusionEngine {
  /** The pack's facts from its manifest alone, without downloading networks. */
  describe(packUrl: string, signal: AbortSignal): Promise<PackInfo>;
  load(
    packUrl: string,
    options: LoadOptions,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<EngineInfo>;
  generate(
    job: GenerateJob,
    onStep: (frame: StepFrame) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<GenerateResult>;
  /**
   * The faces in a photo, the largest first; none where there is none or the pack has no aligner. Like the two below it needs a
   * loaded pack, and downloads and opens first what it needs besides, reporting that by `onProgress`.
   * @param photo upright, at most 1280 pixels long: more only takes longer
   */
  findFaces(
    photo: RgbaPicture,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<FoundFace[]>;
  /** @param image an aligned face: RGBA, row by row, `imageSize` squared */
  readFace(
    image: Uint8ClampedArray<ArrayBuffer>,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<FaceReading>;
  edit(
    job: EditJob,
    onProgress: (progress: LoadProgress) => void,
    onStep: (frame: EditFrame) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<EditResult>;
  dispose(): void;
}
