import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallRequest, Reply, Request } from '../shared/protocol';
import type { EditFrame, EditJob, EditResult, GenerateJob, GenerateResult, StepFrame } from '../shared/types';
import { createEngine } from './createEngine';

/** A worker that does what the test says. */
class FakeWorker extends EventTarget {
  readonly received: Request[] = [];
  isTerminated = false;

  postMessage(request: Request): void {
    this.received.push(request);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  reply(reply: Reply): void {
    if (!this.isTerminated) this.dispatchEvent(new MessageEvent('message', { data: reply }));
  }

  last(kind: CallRequest['kind']): CallRequest {
    return this.received.findLast((request): request is CallRequest => request.kind === kind)!;
  }
}

const JOB: GenerateJob = {
  mask: new Uint8Array(1),
  maskSize: 1,
  description: 'x',
  seed: 0,
  steps: 2,
  eta: 0,
  mode: 'both',
};
const OPTIONS = { device: 'auto', threads: null } as const;
const NEVER = new AbortController().signal;
const ignore = (): void => undefined;

let workers: FakeWorker[] = [];

/** Settled or not, without waiting. */
function watch<T>(promise: Promise<T>): { outcome: string } {
  const state = { outcome: 'pending' };
  promise.then(
    () => (state.outcome = 'done'),
    (error: { code?: string; message: string }) => (state.outcome = error.code ?? error.message),
  );
  return state;
}

function start() {
  return createEngine(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
}

/** An engine with a loaded pack, and its worker. */
async function startLoaded() {
  const engine = start();
  const loading = engine.load('packs/tiny', OPTIONS, ignore, NEVER);
  const worker = workers.at(-1)!;
  answerLoad(worker);
  await loading;
  return { engine, worker };
}

function answerLoad(worker: FakeWorker): void {
  worker.reply({ kind: 'result', id: worker.last('load').id, value: {} as GenerateResult });
}

function frame(step: number) {
  const close = vi.fn<() => void>();
  return { close, value: { step, preview: { close }, influence: [] } as unknown as StepFrame };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { baseURI: 'https://example.org/app/' });
  workers = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('createEngine', () => {
  it('resolves pack addresses against the page, not the worker', () => {
    void start().describe('packs/tiny', NEVER);
    expect(workers[0]!.received[0]).toMatchObject({ packUrl: 'https://example.org/app/packs/tiny' });
  });

  it('revives errors with their code and cure', async () => {
    const call = start().describe('packs/tiny', NEVER);
    const error = { code: 'OFFLINE', message: 'No network.', cure: 'Connect.' } as const;
    workers[0]!.reply({ kind: 'error', id: workers[0]!.last('describe').id, error });
    await expect(call).rejects.toMatchObject({ name: 'AppError', ...error });
  });

  it('starts a fresh worker for a second pack', async () => {
    const { engine, worker } = await startLoaded();
    void engine.load('packs/other', OPTIONS, ignore, NEVER);
    expect(worker.isTerminated).toBe(true);
    expect(workers).toHaveLength(2);
  });

  it('acknowledges a frame only once the page has taken it in', async () => {
    const { engine, worker } = await startLoaded();
    let release = ignore;
    const onStep = () => new Promise<void>((resolve) => (release = resolve));
    void engine.generate(JOB, onStep, NEVER);
    await vi.advanceTimersByTimeAsync(0);
    const { id } = worker.last('generate');
    worker.reply({ kind: 'step', id, frame: frame(1).value });
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.received.at(-1)!.kind).toBe('generate');
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.received.at(-1)).toEqual({ kind: 'ack', id });
  });

  it('fails the call, and stops the run, when the page cannot take a frame', async () => {
    const { engine, worker } = await startLoaded();
    const call = engine.generate(JOB, () => Promise.reject(new Error('page broke')), NEVER);
    const state = watch(call);
    await vi.advanceTimersByTimeAsync(0);
    worker.reply({ kind: 'step', id: worker.last('generate').id, frame: frame(1).value });
    await vi.advanceTimersByTimeAsync(0);
    expect(state.outcome).toBe('page broke');
    expect(worker.received.at(-1)!.kind).toBe('abort');
  });

  it('drops replies that nobody waits for, and frees their pictures', async () => {
    const { worker } = await startLoaded();
    const stale = frame(1);
    worker.reply({ kind: 'step', id: 999_999, frame: stale.value });
    expect(stale.close).toHaveBeenCalledOnce();
  });
});

describe('photos', () => {
  const EDIT = {} as EditJob;

  it('are edited with progress first and frames then', async () => {
    const { engine, worker } = await startLoaded();
    const seen: string[] = [];
    const onStep = ({ stage, step }: EditFrame) => void seen.push(`${stage} ${step}`);
    const call = engine.edit(EDIT, ({ stage }) => seen.push(stage), onStep, NEVER);
    await vi.advanceTimersByTimeAsync(0);
    const { id } = worker.last('edit');
    worker.reply({ kind: 'progress', id, progress: { stage: 'download', loaded: 1, total: 2 } });
    worker.reply({ kind: 'step', id, frame: { ...frame(3).value, stage: 'invert' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.received.at(-1)).toEqual({ kind: 'ack', id });
    const value = { edits: [], milliseconds: 1 } as unknown as EditResult;
    worker.reply({ kind: 'result', id, value });
    expect(await call).toBe(value);
    expect(seen).toEqual(['download', 'invert 3']);
  });

  it('go to a fresh worker, loaded again with progress, after a crash', async () => {
    const { engine, worker } = await startLoaded();
    worker.dispatchEvent(new Event('error'));
    const progress = vi.fn<() => void>();
    const photo = { pixels: new Uint8ClampedArray(4), width: 1, height: 1 };
    const call = engine.findFaces(photo, progress, NEVER);
    const second = workers[1]!;
    second.reply({ kind: 'progress', id: second.last('load').id, progress: { stage: 'verify', loaded: 1, total: 2 } });
    expect(progress).toHaveBeenCalledOnce();
    answerLoad(second);
    await vi.advanceTimersByTimeAsync(0);
    expect(second.last('findFaces')).toMatchObject({ photo });
    second.reply({ kind: 'result', id: second.last('findFaces').id, value: [] });
    expect(await call).toEqual([]);
  });

  it('need a loaded pack', async () => {
    const face = new Uint8ClampedArray(4);
    await expect(start().readFace(face, ignore, NEVER)).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
    expect(workers).toEqual([]);
  });

  it('do not wait for ever for a worker that has fallen silent', async () => {
    const { engine, worker } = await startLoaded();
    const state = watch(engine.readFace(new Uint8ClampedArray(4), ignore, NEVER));
    await vi.advanceTimersByTimeAsync(310_000);
    expect(state.outcome).toBe('ENGINE_DEAD');
    expect(worker.isTerminated).toBe(true);
  });
});

describe('cancel', () => {
  async function startRun() {
    const { engine, worker } = await startLoaded();
    const controller = new AbortController();
    const onStep = vi.fn<(step: StepFrame) => void>();
    const state = watch(engine.generate(JOB, onStep, controller.signal));
    await vi.advanceTimersByTimeAsync(0);
    return { engine, worker, controller, state, onStep, id: worker.last('generate').id };
  }

  it('ends as aborted, once, when the worker says so', async () => {
    const { worker, controller, state, id } = await startRun();
    controller.abort();
    expect(worker.received.at(-1)).toEqual({ kind: 'abort', id });
    expect(state.outcome).toBe('pending');
    worker.reply({ kind: 'aborted', id });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.outcome).toBe('ABORTED');
    expect(worker.isTerminated).toBe(false);
  });

  it('shows nothing more after a cancel, even if the worker was faster', async () => {
    const { worker, controller, state, onStep, id } = await startRun();
    controller.abort();
    const late = frame(2);
    worker.reply({ kind: 'step', id, frame: late.value });
    const image = { close: vi.fn<() => void>() };
    worker.reply({ kind: 'result', id, value: { image } as unknown as GenerateResult });
    await vi.advanceTimersByTimeAsync(0);
    expect(state.outcome).toBe('ABORTED');
    expect(onStep).not.toHaveBeenCalled();
    expect(late.close).toHaveBeenCalledOnce();
    expect(image.close).toHaveBeenCalledOnce();
  });

  it('ends a worker that does not react within 3 s, and loads the pack again for the next run', async () => {
    const { engine, worker, controller, state } = await startRun();
    controller.abort();
    await vi.advanceTimersByTimeAsync(2900);
    expect(state.outcome).toBe('pending');
    await vi.advanceTimersByTimeAsync(200);
    expect(state.outcome).toBe('ABORTED');
    expect(worker.isTerminated).toBe(true);
    const next = watch(engine.generate(JOB, ignore, NEVER));
    const second = workers[1]!;
    expect(second.last('load')).toMatchObject({ packUrl: 'https://example.org/app/packs/tiny', options: OPTIONS });
    answerLoad(second);
    await vi.advanceTimersByTimeAsync(0);
    worker.reply({ kind: 'heartbeat', id: 1 });
    second.reply({ kind: 'result', id: second.last('generate').id, value: {} as GenerateResult });
    await vi.advanceTimersByTimeAsync(0);
    expect(next.outcome).toBe('done');
  });

  it('rejects at once when the signal is already aborted', async () => {
    const { engine } = await startLoaded();
    await expect(engine.generate(JOB, ignore, AbortSignal.abort())).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('a dead worker', () => {
  it('is noticed by its error event', async () => {
    const { engine, worker } = await startLoaded();
    const state = watch(engine.generate(JOB, ignore, NEVER));
    await vi.advanceTimersByTimeAsync(0);
    worker.dispatchEvent(new Event('error'));
    await vi.advanceTimersByTimeAsync(0);
    expect(state.outcome).toBe('ENGINE_DEAD');
  });

  it('is noticed by five minutes of silence, but not while it beats', async () => {
    const { engine, worker } = await startLoaded();
    const state = watch(engine.generate(JOB, ignore, NEVER));
    await vi.advanceTimersByTimeAsync(0);
    const { id } = worker.last('generate');
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(50_000);
      worker.reply({ kind: 'heartbeat', id });
    }
    expect(state.outcome).toBe('pending');
    await vi.advanceTimersByTimeAsync(310_000);
    expect(state.outcome).toBe('ENGINE_DEAD');
  });

  it('is ended by dispose, which aborts what is under way', async () => {
    const { engine, worker } = await startLoaded();
    const state = watch(engine.generate(JOB, ignore, NEVER));
    await vi.advanceTimersByTimeAsync(0);
    engine.dispose();
    await vi.advanceTimersByTimeAsync(0);
    expect(state.outcome).toBe('ABORTED');
    expect(worker.isTerminated).toBe(true);
  });
});
