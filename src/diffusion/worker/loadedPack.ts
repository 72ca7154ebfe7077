/** A loaded pack on its device, and how work survives the loss of that device. */
import type { DeviceInfo, LoadProgress } from '../shared/types';
import { findGpu, openMissing, openOnWasm, reopen, type Backend, type Opening } from './backend';
import type { Tokenize } from './conditions';
import { guarded, type Networks } from './networks';
import type { PackStore } from './packStore';
import { nextTask } from './time';

/** A GPU that is lost more often in one piece of work is left alone. */
const MAX_LOSSES = 2;

export interface Work {
  /** File keys of the networks that it needs besides those of a generation; fetched and opened first. */
  needs: readonly string[];
  onProgress: (progress: LoadProgress) => void;
  signal: AbortSignal;
}

export class LoadedPack {
  readonly store: PackStore;
  readonly tokenize: Tokenize | null;
  readonly #threads: number;
  readonly #onAlive: () => void;
  #backend: Backend;
  /** What the page believes. */
  #told: DeviceInfo;

  /** @param onAlive called ahead of every network call */
  constructor(store: PackStore, tokenize: Tokenize | null, backend: Backend, threads: number, onAlive: () => void) {
    this.store = store;
    this.tokenize = tokenize;
    this.#backend = backend;
    this.#told = backend.info;
    this.#threads = threads;
    this.#onAlive = onAlive;
  }

  /** Runs `task`, and again on a rebuilt or safer device for as long as there is one. */
  async run<T>({ needs, onProgress, signal }: Work, task: (networks: Networks) => Promise<T>): Promise<T> {
    const opening: Opening = { store: this.store, threads: this.#threads, onProgress, signal };
    const absent = needs.filter((key) => !this.#backend.networks.has(key));
    if (absent.length > 0) await this.store.ensure(absent, onProgress, signal);
    for (let losses = 0; ; losses++) {
      const backend = this.#backend;
      try {
        await openMissing(backend, needs, opening);
        return await task(guarded(backend.networks, () => this.#checkpoint(signal), backend.lost));
      } catch (error) {
        signal.throwIfAborted();
        if (backend.info.device === 'wasm') throw error;
        const silent: Opening = { ...opening, onProgress: () => undefined };
        this.#backend = await this.#replace(silent, backend.lost.aborted && losses < MAX_LOSSES, error);
        void backend.networks.close();
      }
    }
  }

  /** The device, if it has changed since this was last asked. */
  takeMove(): { movedTo?: DeviceInfo } {
    const { info } = this.#backend;
    const move = info === this.#told ? {} : { movedTo: info };
    this.#told = info;
    return move;
  }

  async #checkpoint(signal: AbortSignal): Promise<void> {
    this.#onAlive();
    await nextTask();
    signal.throwIfAborted();
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
}
