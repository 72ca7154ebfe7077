import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../diffusion/shared/errors';
import type { DiffusionEngine, GenerateJob, PackInfo, StepFrame } from '../diffusion/shared/types';
import { FIRST_SEED } from '../lib/seed';
import { EngineHost } from './engineHost';
import { FrameCache } from './frameCache';
import { RunController } from './runController';
import { showsResult, shownStep } from './selectors';
import { createAppStore } from './store';

const PACK: PackInfo = {
  id: 'tiny',
  title: 'Tiny',
  licence: 'none',
  bytes: 1000,
  imageSize: 2,
  latentSize: { channels: 1, height: 1, width: 1 },
  collaborators: [
    { id: 'mask', label: 'Mask', kind: 'class_mask', hasInfluence: true },
    { id: 'text', label: 'Text', kind: 'tokens', hasInfluence: true },
  ],
  defaults: { steps: 3, editSteps: 3, eta: 0.5 },
  edit: null,
};
const PAINTED = { mask: new Uint8Array(4), size: 2 };

const bitmap = () => ({ width: 1, height: 1, close: vi.fn() }) satisfies ImageBitmap;

function frame(step: number, total: number): StepFrame {
  return {
    step,
    total,
    timestep: 0,
    preview: bitmap(),
    influence: [],
    influenceSize: { height: 1, width: 1 },
    milliseconds: 10 * step,
  };
}

/** An engine of plain promises that does what it is told and counts what it is asked. */
function fakeEngine() {
  const jobs: GenerateJob[] = [];
  const engine = {
    describe: vi.fn<DiffusionEngine['describe']>(async () => PACK),
    load: vi.fn<DiffusionEngine['load']>(async (_url, _options, onProgress) => {
      onProgress({ stage: 'download', loaded: 500, total: 1000 });
      return { pack: PACK, device: { device: 'wasm', threads: 1, reason: 'A test.', adapter: null } };
    }),
    generate: vi.fn<DiffusionEngine['generate']>(async (job, onStep, signal) => {
      jobs.push(job);
      for (let step = 1; step <= job.steps; step++) {
        signal.throwIfAborted();
        await onStep(frame(step, job.steps));
      }
      return { image: bitmap(), pixels: new Uint8ClampedArray(16), milliseconds: 1 };
    }),
    findFaces: vi.fn<DiffusionEngine['findFaces']>(async () => []),
    readFace: vi.fn<DiffusionEngine['readFace']>(),
    edit: vi.fn<DiffusionEngine['edit']>(),
    dispose: vi.fn(),
  };
  return { engine, jobs };
}

function setUp() {
  const { engine, jobs } = fakeEngine();
  const createEngine = vi.fn(() => engine);
  const store = createAppStore();
  const frames = new FrameCache();
  const host = new EngineHost({
    store,
    createEngine,
    findPack: async () => 'https://example.test/packs/tiny/',
    loadOptions: { device: 'wasm', threads: 1 },
  });
  const controller = new RunController({ store, frames, host });
  return { engine, jobs, createEngine, store, frames, host, controller };
}

const thrown = (code: AppError['code']) => new AppError(code, 'It broke.', 'Try again.');

let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  const localStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  };
  vi.stubGlobal('window', { localStorage });
});
afterEach(() => vi.unstubAllGlobals());

describe('a run', () => {
  test('loads once, passes on what was asked, and ends ready with frames and a picture', async () => {
    const { controller, store, frames, engine, jobs } = setUp();
    const states: string[] = [];
    store.subscribe(
      (state) => state.engine,
      (state) => states.push(state),
    );
    store.getState().setDescription('  A man.  ');
    store.getState().setSeed(99);
    await controller.generate(PAINTED);
    await controller.generate(PAINTED);
    expect(states).toEqual(['loading', 'running', 'ready', 'running', 'ready']);
    expect(engine.load).toHaveBeenCalledTimes(1);
    expect(jobs[0]).toEqual({
      mask: PAINTED.mask,
      maskSize: 2,
      description: 'A man.',
      seed: 99,
      steps: 3,
      eta: 0.5,
      mode: 'both',
    });
    const state = store.getState();
    expect(frames.all.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(state.millisecondsPerStep).toBe(20);
    expect(state.resultUrl).toMatch(/^blob:/);
    expect([shownStep(state), showsResult(state)]).toEqual([3, true]);
  });

  test('closes the bitmaps of the run before', async () => {
    const { controller, frames } = setUp();
    await controller.generate(PAINTED);
    const close = vi.spyOn(frames.at(1)!.preview, 'close');
    await controller.generate(PAINTED);
    expect(close).toHaveBeenCalledTimes(1);
  });

  test('keeps the seed unless told to renew it', async () => {
    const { controller, store, jobs } = setUp();
    await controller.generate(PAINTED);
    store.getState().setKeepSeed(false);
    await controller.generate(PAINTED);
    await controller.generate(PAINTED);
    const seeds = jobs.map(({ seed }) => seed);
    expect(seeds[0]).toBe(FIRST_SEED);
    expect(new Set(seeds).size).toBe(3);
    expect(store.getState().seed).toBe(seeds[2]);
  });

  test('a second call while busy does nothing', async () => {
    const { controller, engine } = setUp();
    await Promise.all([controller.generate(PAINTED), controller.generate(PAINTED)]);
    expect(engine.generate).toHaveBeenCalledTimes(1);
  });
});

describe('cancel', () => {
  test('keeps the frames so far, is no problem, and leaves the pack loaded', async () => {
    const { controller, host, store, frames, engine } = setUp();
    store.subscribe(
      (state) => state.lastStep,
      (step) => step === 2 && host.cancel(),
    );
    await controller.generate(PAINTED);
    const state = store.getState();
    expect([state.engine, state.problem, state.resultUrl]).toEqual(['ready', null, null]);
    expect(frames.all).toHaveLength(2);
    expect(showsResult(state)).toBe(false);
    await controller.generate(PAINTED);
    expect(engine.load).toHaveBeenCalledTimes(1);
  });

  test('while loading leaves the engine empty', async () => {
    const { controller, host, store, engine } = setUp();
    engine.load.mockImplementationOnce(async (_url, _options, _onProgress, signal) => {
      host.cancel();
      signal.throwIfAborted();
      throw new Error('not reached');
    });
    await controller.generate(PAINTED);
    expect([store.getState().engine, store.getState().problem]).toEqual(['empty', null]);
  });
});

describe('failures', () => {
  test('an empty description is refused before any download, but not where no words are read', async () => {
    const { controller, store, engine } = setUp();
    store.getState().setDescription('   ');
    await controller.generate(PAINTED);
    expect(store.getState().problem?.code).toBe('DESCRIPTION_EMPTY');
    expect(store.getState().engine).toBe('empty');
    expect(engine.load).not.toHaveBeenCalled();
    store.getState().setMode('mask');
    await controller.generate(PAINTED);
    expect([store.getState().engine, store.getState().problem]).toEqual(['ready', null]);
  });

  test('a bad pack shows its cause and cure, and the next try loads again', async () => {
    const { controller, store, engine } = setUp();
    engine.load.mockRejectedValueOnce(thrown('PACK_CORRUPT'));
    await controller.generate(PAINTED);
    expect(store.getState().engine).toBe('error');
    expect(store.getState().problem).toEqual({ code: 'PACK_CORRUPT', message: 'It broke.', cure: 'Try again.' });
    await controller.generate(PAINTED);
    expect([store.getState().engine, store.getState().problem]).toEqual(['ready', null]);
    expect(engine.load).toHaveBeenCalledTimes(2);
  });

  test('a dead engine is replaced, a bad mask is not its fault', async () => {
    const { controller, store, engine, createEngine } = setUp();
    await controller.generate(PAINTED);
    engine.generate.mockRejectedValueOnce(thrown('MASK_INVALID'));
    await controller.generate(PAINTED);
    expect(store.getState().engine).toBe('ready');
    engine.generate.mockRejectedValueOnce(thrown('ENGINE_DEAD'));
    await controller.generate(PAINTED);
    expect(store.getState().engine).toBe('error');
    expect(engine.dispose).toHaveBeenCalledTimes(1);
    await controller.generate(PAINTED);
    expect(createEngine).toHaveBeenCalledTimes(2);
    expect(store.getState().engine).toBe('ready');
  });

  test('a page that could not describe the pack asks again at the first run', async () => {
    const { controller, store, engine } = setUp();
    engine.describe.mockRejectedValueOnce(thrown('OFFLINE'));
    await controller.describe();
    expect(store.getState().problem?.code).toBe('OFFLINE');
    await controller.generate(PAINTED);
    expect(store.getState().engine).toBe('ready');
  });
});

test('words and settings outlive the page; pictures and problems do not', async () => {
  const { controller, store } = setUp();
  store.getState().setDescription('An old man.');
  store.getState().setSteps(5);
  store.getState().setTheme('dark');
  await controller.generate(PAINTED);
  const next = createAppStore().getState();
  expect([next.description, next.steps, next.theme]).toEqual(['An old man.', 5, 'dark']);
  expect([next.engine, next.resultUrl, next.pack]).toEqual(['empty', null, null]);
});
