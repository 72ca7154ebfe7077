import { afterEach, describe, expect, it } from 'vitest';
import type { DiffusionEngine, GenerateJob, LoadProgress, StepFrame } from '../shared/types';
import { createEngine } from './createEngine';

const PACK = '/models/contracts/fixtures/tiny-pack';
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
/** The most steps that the tiny pack's schedule has: a run that is long enough to be cancelled. */
const MANY_STEPS = 100;
const ignore = (): void => undefined;
/** Every load starts a runtime of 14 MB anew; shared machines take their time. */
const TEST_MS = 60_000;

let engine: DiffusionEngine;
let spawned = 0;

function start(): void {
  spawned = 0;
  engine = createEngine(() => {
    spawned++;
    return new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' });
  });
}

afterEach(() => {
  engine.dispose();
});

async function collect(job: GenerateJob) {
  const frames: StepFrame[] = [];
  const result = await engine.generate(job, (frame) => void frames.push(frame), NEVER);
  return { result, frames };
}

describe.each([
  { device: 'wasm', threads: 1 },
  { device: 'wasm', threads: 2 },
] as const)('on $device with $threads thread(s)', { timeout: TEST_MS }, (options) => {
  it('loads, streams every step with its maps, and ends with a picture', async () => {
    start();
    const progress: LoadProgress[] = [];
    const { pack, device } = await engine.load(PACK, options, (value) => progress.push(value), NEVER);
    expect(device).toMatchObject(options);
    expect(progress.at(-1)).toMatchObject({ stage: 'prepare' });
    const { result, frames } = await collect(JOB);
    expect(frames.map(({ step, total }) => [step, total])).toEqual([1, 2, 3, 4].map((step) => [step, 4]));
    const { height, width } = pack.latentSize;
    for (const { influence, influenceSize, preview } of frames) {
      expect(influenceSize).toEqual({ height, width });
      expect(preview.width).toBeGreaterThan(0);
      expect(influence.map(({ collaborator }) => collaborator)).toEqual(pack.collaborators.map(({ id }) => id));
      for (let place = 0; place < height * width; place++) {
        expect(influence.reduce((sum, { weights }) => sum + weights[place]!, 0)).toBeCloseTo(1, 5);
      }
    }
    expect([result.image.width, result.image.height]).toEqual([pack.imageSize, pack.imageSize]);
    expect(result.pixels).toHaveLength(pack.imageSize ** 2 * 4);
    expect(new Set(result.pixels).size).toBeGreaterThan(10);
  });
});

describe('a loaded engine', { timeout: TEST_MS }, () => {
  it('describes a pack without loading it', async () => {
    start();
    const info = await engine.describe(PACK, NEVER);
    expect(info.bytes).toBeGreaterThan(0);
    await expect(engine.generate(JOB, ignore, NEVER)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
  });

  it('is cancelled in the middle of a run and goes on to the next one in the same worker', async () => {
    start();
    await engine.load(PACK, { device: 'wasm', threads: 1 }, ignore, NEVER);
    const controller = new AbortController();
    let seen = 0;
    const onStep = (): void => {
      if (++seen === 3) controller.abort();
    };
    const job = { ...JOB, steps: MANY_STEPS };
    await expect(engine.generate(job, onStep, controller.signal)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(seen).toBe(3);
    expect((await collect(JOB)).frames).toHaveLength(4);
    expect(spawned).toBe(1);
  });

  it('leaves out frames for a page that is too slow, but neither the last one nor the picture', async () => {
    start();
    await engine.load(PACK, { device: 'wasm', threads: 1 }, ignore, NEVER);
    const steps: number[] = [];
    let wake = ignore;
    const stuck = ({ step }: StepFrame): Promise<void> => {
      steps.push(step);
      return new Promise((resolve) => (wake = resolve));
    };
    await engine.generate({ ...JOB, steps: 6 }, stuck, NEVER);
    wake();
    expect(steps).toEqual([1, 6]);
  });

  it('says what is wrong with a job, and takes the next one', async () => {
    start();
    await engine.load(PACK, { device: 'wasm', threads: 1 }, ignore, NEVER);
    const job = (change: Partial<GenerateJob>) => engine.generate({ ...JOB, ...change }, ignore, NEVER);
    await expect(job({ description: '' })).rejects.toMatchObject({ code: 'DESCRIPTION_EMPTY' });
    await expect(job({ mask: new Uint8Array(10) })).rejects.toMatchObject({ code: 'MASK_INVALID' });
    await expect(job({ steps: 0 })).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
    expect((await job({ mode: 'mask', description: '' })).pixels.length).toBeGreaterThan(0);
  });

  it('gives the same picture for the same seed, also after another pack load', async () => {
    start();
    await engine.load(PACK, { device: 'wasm', threads: 1 }, ignore, NEVER);
    const first = await collect(JOB);
    await engine.load(PACK, { device: 'wasm', threads: 2 }, ignore, NEVER);
    expect(spawned).toBe(2);
    const second = await collect(JOB);
    const largest = first.result.pixels.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - second.result.pixels[i]!)),
      0,
    );
    expect(largest).toBeLessThanOrEqual(1);
    expect((await collect({ ...JOB, seed: 12 })).result.pixels).not.toEqual(second.result.pixels);
  });

  it('reports a pack that is not there', async () => {
    start();
    const loading = engine.load('/models/contracts/fixtures/none', { device: 'wasm', threads: 1 }, ignore, NEVER);
    await expect(loading).rejects.toMatchObject({ code: 'PACK_MISSING' });
  });
});
