/** What the page and the engine say to each other, free of any worker or runtime detail. */

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
  defaults: { steps: number; eta: number };
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
  dispose(): void;
}
