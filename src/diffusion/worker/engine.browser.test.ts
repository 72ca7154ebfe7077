import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EditFrame, EditJob, GenerateJob, LoadOptions, LoadProgress } from '../shared/types';
import { Engine } from './engine';
import { FrameSink } from './frameSink';
import { SessionNetworks } from './networks';
import { MICRO_PACK, MICRO_SIZE, microPackFiles } from './testing/microPack';

/** These run the worker's engine on the page's own thread, where the tests can reach its devices. */
const NEVER = new AbortController().signal;
const JOB: GenerateJob = {
  mask: Uint8Array.from({ length: 64 * 64 }, (_, i) => (i >> 6 < 32 ? 13 : 1)),
  maskSize: 64,
  description: '',
  seed: 11,
  steps: 3,
  eta: 0.5,
  mode: 'mask',
};
const PLACES = MICRO_SIZE ** 2;
const FACE = Uint8ClampedArray.from({ length: PLACES * 4 }, (_, i) => (i * 37) % 256);
const SIDE = { mask: JOB.mask, maskSize: JOB.maskSize, description: '' };
const EDIT: EditJob = {
  image: FACE,
  source: SIDE,
  target: { ...SIDE, mask: JOB.mask.toReversed() },
  region: new Float32Array(PLACES).fill(1),
  strengths: [1],
  balance: 0,
  seed: 11,
  steps: 3,
  mode: 'mask',
};
/** Starting a runtime and compiling shaders in software, on a shared machine. */
const GPU_TEST_MS = 120_000;
const ignore = (): void => undefined;

beforeAll(async () => {
  const files = await microPackFiles();
  const fetch = self.fetch.bind(self);
  // The runtime fetches its own files by the same function.
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    const body = files.get(url);
    return body ? Promise.resolve(new Response(body)) : fetch(url, init);
  });
});

afterAll(() => void vi.unstubAllGlobals());

async function load(options: LoadOptions) {
  const engine = new Engine(ignore);
  const info = await engine.load(MICRO_PACK, options, ignore, NEVER);
  return { engine, info };
}

/** @param onFrame called with the step of each frame as it is sent */
async function generate(engine: Engine, onFrame: (step: number) => void = ignore) {
  const steps: number[] = [];
  const sink = new FrameSink(({ step }) => {
    steps.push(step);
    onFrame(step);
    queueMicrotask(() => {
      sink.acknowledge();
    });
  });
  const result = await engine.generate(JOB, sink, NEVER);
  return { ...result, steps };
}

/** @param onFrame called with each frame as it is sent */
async function edit(engine: Engine, job: EditJob, onFrame: (frame: string) => void = ignore) {
  const frames: string[] = [];
  const sink = new FrameSink((frame) => {
    const { stage, step } = frame as EditFrame;
    frames.push(`${stage} ${step}`);
    onFrame(`${stage} ${step}`);
    queueMicrotask(() => {
      sink.acknowledge();
    });
  });
  const progress: LoadProgress[] = [];
  const result = await engine.edit(job, (value) => progress.push(value), sink, NEVER);
  return { ...result, frames, progress };
}

function largestDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

/** Every GPUDevice that is opened from now on. */
function collectDevices(): GPUDevice[] {
  const devices: GPUDevice[] = [];
  // oxlint-disable-next-line typescript/unbound-method -- called with the adapter as `this` below
  const { requestDevice } = GPUAdapter.prototype;
  vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (this: GPUAdapter, descriptor) {
    const device = await requestDevice.call(this, descriptor);
    devices.push(device);
    return device;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  return devices;
}

/** As if the software adapter were a graphics card. */
function disguiseAdapter(): void {
  vi.spyOn(GPUAdapterInfo.prototype, 'isFallbackAdapter', 'get').mockReturnValue(false);
  vi.spyOn(GPUAdapterInfo.prototype, 'architecture', 'get').mockReturnValue('hardware');
  vi.spyOn(GPUAdapterInfo.prototype, 'description', 'get').mockReturnValue('Test card');
  onTestFinished(() => void vi.restoreAllMocks());
}

/** Changes what networks answer; `call` counts from 1. */
function tamper(change: (output: Float32Array, call: number) => Float32Array): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the networks as `this` below
  const { run } = SessionNetworks.prototype;
  let calls = 0;
  vi.spyOn(SessionNetworks.prototype, 'run').mockImplementation(async function (this: SessionNetworks, key, feeds) {
    return change(await run.call(this, key, feeds), ++calls);
  });
  onTestFinished(() => void vi.restoreAllMocks());
}

describe('a graphics card that fails during a run', { timeout: GPU_TEST_MS }, () => {
  it('is opened again after a loss, and left for WASM when it does not come back; the picture stays the same', async () => {
    const devices = collectDevices();
    const { engine } = await load({ device: 'webgpu', threads: 1 });
    const whole = await generate(engine);
    expect(whole.movedTo).toBeUndefined();

    const resumed = await generate(engine, (step) => {
      if (step === 2) devices[0]!.destroy();
    });
    expect(resumed.steps).toEqual([1, 2, 3]);
    expect(resumed.movedTo).toMatchObject({ device: 'webgpu' });
    expect(devices).toHaveLength(2);
    expect(largestDifference(resumed.pixels, whole.pixels)).toBeLessThanOrEqual(1);

    vi.spyOn(GPU.prototype, 'requestAdapter').mockResolvedValue(null);
    const rescued = await generate(engine, (step) => {
      if (step === 1) devices[1]!.destroy();
    });
    expect(rescued.steps).toEqual([1, 2, 3]);
    expect(rescued.movedTo).toMatchObject({ device: 'wasm' });
    expect(largestDifference(rescued.pixels, whole.pixels)).toBeLessThanOrEqual(1);
    expect((await generate(engine)).movedTo).toBeUndefined();
  });

  it('by numbers out of range is left for WASM', async () => {
    const { engine } = await load({ device: 'webgpu', threads: 1 });
    tamper((output, call) => (call === 1 ? output.fill(NaN) : output));
    const result = await generate(engine);
    expect(result.movedTo).toMatchObject({ device: 'wasm', reason: expect.stringContaining('out of range') });
    expect(result.steps).toEqual([1, 2, 3]);
  });

  it('on WASM numbers out of range are an error, and the next run works', async () => {
    const { engine } = await load({ device: 'wasm', threads: 1 });
    tamper((output, call) => (call === 1 ? output.fill(NaN) : output));
    await expect(generate(engine)).rejects.toMatchObject({ code: 'NOT_FINITE' });
    expect((await generate(engine)).steps).toEqual([1, 2, 3]);
  });
});

describe('photos', { timeout: GPU_TEST_MS }, () => {
  const INVERTED = ['invert 1', 'invert 2', 'invert 3'];
  const EDITED = ['edit 1', 'edit 2', 'edit 3'];

  it('are edited on a card that is lost on the way as on one that is not', async () => {
    const devices = collectDevices();
    const { engine } = await load({ device: 'webgpu', threads: 1 });
    const lost = await edit(engine, EDIT, (frame) => {
      if (frame === 'invert 2' || frame === 'edit 2') devices.at(-1)!.destroy();
    });
    expect(devices).toHaveLength(3);
    expect(lost.movedTo).toMatchObject({ device: 'webgpu' });
    expect(lost.frames).toEqual([...INVERTED, ...EDITED]);
    const whole = await edit((await load({ device: 'wasm', threads: 1 })).engine, EDIT);
    expect(whole.frames).toEqual(lost.frames);
    expect(largestDifference(lost.reconstruction, whole.reconstruction)).toBeLessThanOrEqual(1);
    expect(largestDifference(lost.edits[0]!.pixels, whole.edits[0]!.pixels)).toBeLessThanOrEqual(1);
    expect(largestDifference(whole.edits[0]!.pixels, whole.reconstruction)).toBeGreaterThan(2);
  });

  it('are inverted once for all edits with the same source, also in three modes in turn', async () => {
    const { engine } = await load({ device: 'wasm', threads: 1 });
    const first = await edit(engine, EDIT);
    expect(first.progress.at(-1)).toEqual({ stage: 'prepare', loaded: 1, total: 1 });
    const modes = ['fixed', 'both', 'mask'];
    const frames: string[][] = [];
    for (const mode of modes) frames.push((await edit(engine, { ...EDIT, mode, strengths: [0.4] })).frames);
    const edited = ['edit 1', 'edit 2'];
    expect(frames).toEqual([['invert 1', 'invert 2', ...edited], ['invert 1', 'invert 2', ...edited], edited]);
    const again = await edit(engine, EDIT);
    expect(again.frames).toEqual(EDITED);
    expect(again.progress).toEqual([]);
    expect(again.edits).toEqual(first.edits);
  });

  it('have no faces and no words where the pack has no helpers for them', async () => {
    const { engine, info } = await load({ device: 'wasm', threads: 1 });
    expect(info.pack.edit).toMatchObject({ hasAligner: false, hasAttributes: false });
    const photo = { pixels: FACE, width: MICRO_SIZE, height: MICRO_SIZE };
    expect(await engine.findFaces(photo, ignore, NEVER)).toEqual([]);
    const reading = await engine.readFace(FACE, ignore, NEVER);
    expect(reading).toMatchObject({ maskSize: MICRO_SIZE, attributes: null });
    expect(new Set(reading.mask).size).toBeGreaterThan(1);
    await expect(engine.readFace(FACE.slice(4), ignore, NEVER)).rejects.toMatchObject({ code: 'PHOTO_INVALID' });
  });
});

describe('the choice of a device', { timeout: GPU_TEST_MS }, () => {
  it('does not take software for a graphics card by itself', async () => {
    const { info } = await load({ device: 'auto', threads: 1 });
    expect(info.device).toMatchObject({ device: 'wasm', adapter: null, reason: expect.stringContaining('software') });
  });

  it('refuses a forced WebGPU where there is none', async () => {
    vi.spyOn(GPU.prototype, 'requestAdapter').mockResolvedValue(null);
    onTestFinished(() => void vi.restoreAllMocks());
    const loading = load({ device: 'webgpu', threads: 1 });
    await expect(loading).rejects.toMatchObject({ code: 'NO_WEBGPU', cure: expect.stringContaining('?device=wasm') });
  });

  it('takes a graphics card whose numbers agree with WASM', async () => {
    disguiseAdapter();
    const { info } = await load({ device: 'auto', threads: 1 });
    expect(info.device).toMatchObject({ device: 'webgpu', adapter: 'Test card' });
  });

  it('takes WASM when they do not', async () => {
    disguiseAdapter();
    // The comparison asks WASM first, then the card.
    tamper((output, call) => (call % 2 === 0 ? output.map((value) => value * 1.1) : output));
    const { info } = await load({ device: 'auto', threads: 1 });
    expect(info.device).toMatchObject({ device: 'wasm', reason: expect.stringContaining('numbers differ') });
  });

  it('also works in browsers that cannot suspend WASM', async () => {
    disguiseAdapter();
    const suspending = Object.getOwnPropertyDescriptor(WebAssembly, 'Suspending')!;
    Reflect.deleteProperty(WebAssembly, 'Suspending');
    onTestFinished(() => void Object.defineProperty(WebAssembly, 'Suspending', suspending));
    const fetched = vi.spyOn(self, 'fetch');
    const { info } = await load({ device: 'auto', threads: 1 });
    expect(info.device).toMatchObject({ device: 'webgpu' });
    expect(fetched).toHaveBeenCalledWith(expect.stringContaining('asyncify.wasm'), expect.anything());
  });
});
