/** A pack's networks on one device, behind plain arrays: the pipeline sees neither sessions nor tensors. */
import type { InferenceSession, Ort, Tensor } from './ort';
import { unlessAborted } from './time';

export interface NdArray {
  data: Float32Array | Int32Array;
  shape: readonly number[];
}

/** A value that stays where the device keeps it, until released. */
export interface Resident {
  readonly tensor: Tensor;
}

export type Feeds = Readonly<Record<string, NdArray | Resident>>;

export interface Networks {
  /** Runs the one-output network `key` and reads its output back. */
  run(key: string, feeds: Feeds): Promise<Float32Array>;
  /** Runs `key` and leaves the output on the device. */
  encode(key: string, feeds: Feeds): Promise<Resident>;
  release(value: Resident): void;
}

export type Provider = { name: 'wasm' } | { name: 'webgpu'; device: GPUDevice };

/**
 * Weights come as int8 behind DequantizeLinear. Taken as ordinary constants they are folded to float32 once, when a session
 * opens; left to the quantization-aware optimizer they would be unpacked again in every run.
 */
const FOLD_WEIGHTS = { session: { disable_quant_qdq: '1' } };

function sessionOptions(provider: Provider, keepsOutput: boolean): InferenceSession.SessionOptions {
  const common: InferenceSession.SessionOptions = { graphOptimizationLevel: 'all', extra: FOLD_WEIGHTS };
  if (provider.name === 'wasm') return { ...common, executionProviders: ['wasm'] };
  // An object, not a string: with the string the runtime drops every option, the device among them.
  const gpu = { name: 'webgpu', device: provider.device } as const;
  return { ...common, executionProviders: [gpu], ...(keepsOutput ? { preferredOutputLocation: 'gpu-buffer' } : {}) };
}

export class SessionNetworks implements Networks {
  readonly #ort: Ort;
  readonly #provider: Provider;
  readonly #sessions = new Map<string, InferenceSession>();
  /** Tail of the one queue: the runtime supports neither two session creations at once nor two runs. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(ort: Ort, provider: Provider) {
    this.#ort = ort;
    this.#provider = provider;
  }

  has(key: string): boolean {
    return this.#sessions.has(key);
  }

  /** @param keepsOutput the output stays on the device (for `encode`) */
  async open(key: string, model: Uint8Array, keepsOutput: boolean): Promise<void> {
    const options = sessionOptions(this.#provider, keepsOutput);
    const session = await this.#enqueue(() => this.#ort.InferenceSession.create(model, options));
    this.#sessions.set(key, session);
  }

  async run(key: string, feeds: Feeds): Promise<Float32Array> {
    const output = await this.#execute(key, feeds);
    const data = await output.getData();
    output.dispose();
    if (!(data instanceof Float32Array)) throw new TypeError(`Network ${key} gives ${output.type}, not float32.`);
    return data;
  }

  async encode(key: string, feeds: Feeds): Promise<Resident> {
    return { tensor: await this.#execute(key, feeds) };
  }

  release(value: Resident): void {
    value.tensor.dispose();
  }

  /** Gives the sessions back. On a lost device this may fail, and then there is nothing left to give back. */
  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.allSettled(sessions.map((session) => this.#enqueue(() => session.release())));
  }

  async #execute(key: string, feeds: Feeds): Promise<Tensor> {
    const session = this.#sessions.get(key);
    if (!session) throw new Error(`Network ${key} is not open.`);
    const [name] = session.outputNames;
    const tensors = Object.fromEntries(Object.entries(feeds).map(([input, value]) => [input, this.#toTensor(value)]));
    const outputs = await this.#enqueue(() => session.run(tensors));
    const output = name === undefined ? undefined : outputs[name];
    if (!output) throw new Error(`Network ${key} gave no output.`);
    return output;
  }

  #toTensor(value: NdArray | Resident): Tensor {
    if ('tensor' in value) return value.tensor;
    const type = value.data instanceof Int32Array ? 'int32' : 'float32';
    return new this.#ort.Tensor(type, value.data, value.shape);
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

/** The same networks with `before` awaited ahead of every call (it throws to stop), and given up once `lost` is aborted. */
export function guarded(networks: Networks, before: () => Promise<void>, lost: AbortSignal): Networks {
  const guard = async <T>(call: () => Promise<T>): Promise<T> => {
    await before();
    return unlessAborted(call, lost);
  };
  return {
    run: (key, feeds) => guard(() => networks.run(key, feeds)),
    encode: (key, feeds) => guard(() => networks.encode(key, feeds)),
    release: (value) => {
      networks.release(value);
    },
  };
}
