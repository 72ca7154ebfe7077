/** A pack opened on a device: the choice between WebGPU and WASM. */
import { AppError } from '../shared/errors';
import { generationFiles, type Manifest } from '../shared/manifest';
import type { DeviceChoice, DeviceInfo, LoadProgress } from '../shared/types';
import { openGpu, type Gpu, type NoGpu } from './gpu';
import { SessionNetworks, type Provider } from './networks';
import { loadOrt, type Ort } from './ort';
import type { PackStore } from './packStore';
import { agree, probeNetworks } from './selfCheck';
import { nextTask, unlessAborted, withTimeout } from './time';

/** Opening sessions, compiling shaders and checking; a driver that takes longer is not worth waiting for. */
const GPU_START_MS = 60_000;

export interface Backend {
  networks: SessionNetworks;
  info: DeviceInfo;
  /** Aborted, with a DEVICE_LOST error as its reason, when the GPU goes away; never on WASM. */
  lost: AbortSignal;
}

export interface Opening {
  store: PackStore;
  threads: number;
  onProgress: (progress: LoadProgress) => void;
  signal: AbortSignal;
}

/** Network files only: the tokenizer is none. */
function networkKeys(manifest: Manifest): string[] {
  return generationFiles(manifest).filter((key) => key !== manifest.text_encoder?.tokenizer);
}

/** Opens the networks one after the other, into `networks`. */
async function openInto(networks: SessionNetworks, keys: readonly string[], opening: Opening): Promise<void> {
  const { store, onProgress, signal } = opening;
  const encoders = new Set(store.manifest.collaborators.map(({ encoder }) => encoder));
  for (const [i, key] of keys.entries()) {
    onProgress({ stage: 'prepare', loaded: i, total: keys.length });
    await networks.open(key, await store.read(key, signal), encoders.has(key));
    await nextTask();
    signal.throwIfAborted();
  }
  onProgress({ stage: 'prepare', loaded: keys.length, total: keys.length });
}

async function openNetworks(
  ort: Ort,
  provider: Provider,
  keys: readonly string[],
  opening: Opening,
): Promise<SessionNetworks> {
  const networks = new SessionNetworks(ort, provider);
  try {
    await openInto(networks, keys, opening);
  } catch (error) {
    void networks.close();
    throw error;
  }
  return networks;
}

/** Opens those of the networks `keys` that the backend does not have yet. */
export async function openMissing(
  { networks, lost }: Backend,
  keys: readonly string[],
  opening: Opening,
): Promise<void> {
  const absent = keys.filter((key) => !networks.has(key));
  if (absent.length > 0) await unlessAborted(() => inTime(openInto(networks, absent, opening)), lost);
}

/** @param reason why WASM, as a sentence for the device badge */
export async function openOnWasm(opening: Opening, reason: string): Promise<Backend> {
  const ort = await loadOrt(false, opening.threads);
  const networks = await openNetworks(ort, { name: 'wasm' }, networkKeys(opening.store.manifest), opening);
  return {
    networks,
    lost: new AbortController().signal,
    info: { device: 'wasm', threads: opening.threads, reason, adapter: null },
  };
}

function lossOf(device: GPUDevice): AbortSignal {
  const controller = new AbortController();
  void device.lost.then(({ message }) => {
    const cause = `The graphics card was lost: ${message || 'no reason given'}`;
    return controller.abort(new AppError('DEVICE_LOST', cause, 'Try again.'));
  });
  return controller.signal;
}

/** `false` when the GPU's numbers are not WASM's. */
async function isTrustworthy(ort: Ort, gpuNetworks: SessionNetworks, opening: Opening): Promise<boolean> {
  const { manifest } = opening.store;
  const silent = { ...opening, onProgress: () => undefined };
  const reference = await openNetworks(ort, { name: 'wasm' }, probeNetworks(manifest), silent);
  try {
    return await agree(manifest, reference, gpuNetworks);
  } finally {
    await reference.close();
  }
}

/** @param check compare with WASM first, and fail when they differ */
async function openOnWebGpu(opening: Opening, gpu: Gpu, check: boolean, reason: string): Promise<Backend> {
  const ort = await loadOrt(true, opening.threads);
  const provider: Provider = { name: 'webgpu', device: gpu.device };
  const networks = await openNetworks(ort, provider, networkKeys(opening.store.manifest), opening);
  if (check && !(await isTrustworthy(ort, networks, opening)))
    throw new Error('its numbers differ from those of the processor');
  return {
    networks,
    lost: lossOf(gpu.device),
    info: { device: 'webgpu', threads: opening.threads, reason, adapter: gpu.name },
  };
}

function inTime<T>(opening: Promise<T>): Promise<T> {
  return withTimeout(opening, GPU_START_MS, () => new Error(`no answer in ${GPU_START_MS / 1000} s`));
}

/** The pack on a GPU that came back; it was trusted before, so it is not compared again. */
export function reopen(opening: Opening, gpu: Gpu): Promise<Backend> {
  return inTime(openOnWebGpu(opening, gpu, false, 'The graphics card came back after a loss.'));
}

function noWebGpu(refusal: string): AppError {
  return new AppError('NO_WEBGPU', refusal, 'Reload the page with ?device=wasm, or let the page choose by itself.');
}

/** Asks for the GPU if the choice allows one; before any download, because a forced choice may end here. */
export async function findGpu(choice: DeviceChoice): Promise<Gpu | NoGpu> {
  if (choice === 'wasm') return { refusal: 'The processor was asked for.' };
  const gpu = await openGpu();
  if ('refusal' in gpu) {
    if (choice === 'webgpu') throw noWebGpu(gpu.refusal);
    return gpu;
  }
  if (choice === 'auto' && gpu.isSoftware) {
    gpu.device.destroy();
    return { refusal: `WebGPU here is software (${gpu.name}), slower than WASM.` };
  }
  return gpu;
}

/** Opens the pack on `found`, or on WASM with the reason. A forced GPU that fails is an error, not a silent change. */
export async function openBackend(opening: Opening, choice: DeviceChoice, found: Gpu | NoGpu): Promise<Backend> {
  if ('refusal' in found) return openOnWasm(opening, found.refusal);
  const forced = choice === 'webgpu';
  const reason = forced ? 'WebGPU was asked for.' : 'The graphics card answers and its numbers agree with WASM.';
  try {
    return await inTime(openOnWebGpu(opening, found, !forced, reason));
  } catch (error) {
    found.device.destroy();
    if (opening.signal.aborted || error instanceof AppError) throw error;
    const text = error instanceof Error ? error.message : String(error);
    const refusal = `The graphics card (${found.name}) failed: ${text}.`;
    if (forced) throw noWebGpu(refusal);
    return openOnWasm(opening, refusal);
  }
}
