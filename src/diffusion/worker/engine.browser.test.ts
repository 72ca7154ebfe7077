import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { GenerateJob, LoadOptions } from '../shared/types';
import { Engine } from './engine';
import { FrameSink } from './frameSink';
import { SessionNetworks } from './networks';

/** These run the worker's engine on the page's own thread, where the tests can reach its devices. */
const PACK = new URL('/models/contracts/fixtures/tiny-pack/', location.href).href;
const NEVER = new AbortController().signal;
const JOB: GenerateJob = {
  mask: Uint8Array.from({ length: 64 * 64 }, (_, i) => (i >> 6 < 32 ? 13 : 1)),
  maskSize: 64,
  description: 'a smiling woman with long hair',
  seed: 11,
  steps: 4,
  eta: 0.5,
  mode: 'both',
};
const ignore = (): void => undefined;

async function load(options: LoadOptions) {
  const engine = new Engine(ignore);
  const info = await engine.load(PACK, options, ignore, NEVER);
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

describe('a lost graphics card', () => {
  it('is opened again, and the run goes on to the same picture', async () => {
    const devices = collectDevices();
    const { engine } = await load({ device: 'webgpu', threads: 1 });
    const whole = await generate(engine);
    expect(whole.movedTo).toBeUndefined();
    const broken = await generate(engine, (step) => {
      if (step === 2) devices[0]!.destroy();
    });
    expect(broken.steps).toEqual([1, 2, 3, 4]);
    expect(largestDifference(broken.pixels, whole.pixels)).toBeLessThanOrEqual(1);
    expect(broken.movedTo).toMatchObject({ device: 'webgpu' });
    expect(devices).toHaveLength(2);
    expect((await generate(engine)).movedTo).toBeUndefined();
  });

  it('is given up after two losses in one run', async () => {
    const devices = collectDevices();
    const { engine } = await load({ device: 'webgpu', threads: 1 });
    const result = await generate(engine, () => {
      devices.at(-1)!.destroy();
    });
    expect(result.movedTo).toMatchObject({ device: 'wasm' });
    expect(devices).toHaveLength(3);
  });
});

describe('numbers out of range', () => {
  it('on a graphics card move the run to WASM', async () => {
    const { engine } = await load({ device: 'webgpu', threads: 1 });
    const whole = await generate(engine);
    // oxlint-disable-next-line typescript/unbound-method -- called with the networks as `this` below
    const { run } = SessionNetworks.prototype;
    let calls = 0;
    vi.spyOn(SessionNetworks.prototype, 'run').mockImplementation(async function (this: SessionNetworks, key, feeds) {
      const output = await run.call(this, key, feeds);
      return ++calls === 8 ? output.fill(NaN) : output;
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const result = await generate(engine);
    expect(result.movedTo).toMatchObject({ device: 'wasm' });
    expect(largestDifference(result.pixels, whole.pixels)).toBeLessThanOrEqual(1);
  });
});

describe('the choice of a device', () => {
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

  it('compares a hardware adapter with WASM, takes it when they agree and WASM when they do not', async () => {
    vi.spyOn(GPUAdapterInfo.prototype, 'isFallbackAdapter', 'get').mockReturnValue(false);
    vi.spyOn(GPUAdapterInfo.prototype, 'architecture', 'get').mockReturnValue('hardware');
    vi.spyOn(GPUAdapterInfo.prototype, 'description', 'get').mockReturnValue('Test card');
    onTestFinished(() => void vi.restoreAllMocks());
    const good = await load({ device: 'auto', threads: 1 });
    expect(good.info.device).toMatchObject({ device: 'webgpu', adapter: 'Test card' });
    // oxlint-disable-next-line typescript/unbound-method -- called with the networks as `this` below
    const { run } = SessionNetworks.prototype;
    let calls = 0;
    vi.spyOn(SessionNetworks.prototype, 'run').mockImplementation(async function (this: SessionNetworks, key, feeds) {
      const output = await run.call(this, key, feeds);
      return calls++ % 2 === 1 ? output.map((value) => value * 1.1) : output;
    });
    const bad = await load({ device: 'auto', threads: 1 });
    expect(bad.info.device).toMatchObject({ device: 'wasm', reason: expect.stringContaining('numbers differ') });
  });
});
