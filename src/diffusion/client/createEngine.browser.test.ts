import { afterEach, describe, expect, it } from 'vitest';
import type { DiffusionEngine, EditFrame, EditJob, GenerateJob, LoadProgress, StepFrame } from '../shared/types';
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

describe('a photo', { timeout: TEST_MS }, () => {
  const SIZE = 64;
  const FACE = Uint8ClampedArray.from({ length: SIZE * SIZE * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) % 251));

  function editJob(mask: Uint8Array<ArrayBuffer>): EditJob {
    const source = { mask, maskSize: SIZE, description: 'a man' };
    return {
      image: FACE,
      source,
      target: { ...source, description: 'a woman with glasses' },
      region: new Float32Array(SIZE * SIZE).fill(1),
      strengths: [0, 1],
      balance: 0.3,
      seed: 4,
      steps: 4,
      mode: 'both',
    };
  }

  it('is read, and edited step by step; what it needs is fetched only then', async () => {
    start();
    const { pack } = await engine.load(PACK, { device: 'wasm', threads: 1 }, ignore, NEVER);
    expect(pack.edit!.bytes).toBeGreaterThan(0);
    const photo = { pixels: FACE, width: SIZE, height: SIZE };
    expect(await engine.findFaces(photo, ignore, NEVER)).toEqual([]);
    const progress: LoadProgress[] = [];
    const { mask, maskSize, attributes } = await engine.readFace(FACE, (value) => progress.push(value), NEVER);
    expect(progress.at(-1)).toEqual({ stage: 'prepare', loaded: 2, total: 2 });
    expect([mask.length, maskSize, attributes!.length]).toEqual([SIZE * SIZE, SIZE, 77]);
    const frames: EditFrame[] = [];
    const { reconstruction, edits } = await engine.edit(
      editJob(mask),
      ignore,
      (frame) => void frames.push(frame),
      NEVER,
    );
    const steps = [1, 2, 3, 4];
    expect(frames.map(({ stage, step, total }) => [stage, step, total])).toEqual([
      ...steps.map((step) => ['invert', step, 4]),
      ...steps.map((step) => ['edit', step, 4]),
    ]);
    expect(frames.every(({ preview, influence }) => preview.width > 0 && influence.length === 2)).toBe(true);
    expect(edits.map(({ strength }) => strength)).toEqual([0, 1]);
    expect(edits[0]!.pixels).toEqual(reconstruction);
    expect(edits[1]!.pixels).not.toEqual(reconstruction);
  });

  it('is left in the middle of an edit, and the next goes on from what is inverted', async () => {
    start();
    await engine.load(PACK, { device: 'wasm', threads: 1 }, ignore, NEVER);
    const job = { ...editJob(new Uint8Array(SIZE * SIZE)), steps: MANY_STEPS };
    const controller = new AbortController();
    const stop = ({ step }: EditFrame): void => {
      if (step === 60) controller.abort();
    };
    await expect(engine.edit(job, ignore, stop, controller.signal)).rejects.toMatchObject({ code: 'ABORTED' });
    const totals = new Set<string>();
    await engine.edit(job, ignore, ({ stage, total }) => void totals.add(`${stage} ${total}`), NEVER);
    const [inverted, edited] = [...totals];
    expect(Number(inverted!.split(' ')[1])).toBeLessThanOrEqual(MANY_STEPS - 60);
    expect(edited).toBe(`edit ${MANY_STEPS}`);
    expect(spawned).toBe(1);
  });
});
