/** The worker's door: messages in, calls on the engine, messages out. */
import {
  transferables,
  type CallRequest,
  type Calls,
  type CallKind,
  type Reply,
  type Request,
} from '../shared/protocol';
import type { LoadProgress } from '../shared/types';
import { toAppError, toWire } from '../shared/wire';
import { Engine } from './engine';
import { FrameSink } from './frameSink';

const HEARTBEAT_MS = 1000;
/** A download reports per network chunk, far more often than a progress bar can move. */
const PROGRESS_MS = 50;

interface Call {
  controller: AbortController;
  sink: FrameSink;
}

const scope = self as unknown as DedicatedWorkerGlobalScope;
const calls = new Map<number, Call>();
let lastBeat = 0;

function post(reply: Reply): void {
  scope.postMessage(reply, transferables(reply));
}

const engine = new Engine(() => {
  const now = performance.now();
  if (now - lastBeat < HEARTBEAT_MS) return;
  lastBeat = now;
  for (const id of calls.keys()) post({ kind: 'heartbeat', id });
});

function progressReporter(id: number): (progress: LoadProgress) => void {
  let last = 0;
  let lastStage = '';
  return (progress) => {
    const now = performance.now();
    const isMilestone = progress.stage !== lastStage || progress.loaded === progress.total;
    if (!isMilestone && now - last < PROGRESS_MS) return;
    last = now;
    lastStage = progress.stage;
    post({ kind: 'progress', id, progress });
  };
}

async function answer(request: CallRequest, { controller, sink }: Call): Promise<Calls[CallKind]['result']> {
  const { signal } = controller;
  const onProgress = progressReporter(request.id);
  switch (request.kind) {
    case 'describe':
      return engine.describe(request.packUrl, signal);
    case 'load':
      return engine.load(request.packUrl, request.options, onProgress, signal);
    case 'generate':
      return engine.generate(request.job, sink, signal);
    case 'findFaces':
      return engine.findFaces(request.photo, onProgress, signal);
    case 'readFace':
      return engine.readFace(request.image, onProgress, signal);
    case 'edit':
      return engine.edit(request.job, onProgress, sink, signal);
  }
}

async function handleCall(request: CallRequest): Promise<void> {
  const { id } = request;
  const call: Call = {
    controller: new AbortController(),
    sink: new FrameSink((frame) => {
      post({ kind: 'step', id, frame });
    }),
  };
  calls.set(id, call);
  try {
    post({ kind: 'result', id, value: await answer(request, call) });
  } catch (error) {
    call.sink.drop();
    const isAborted = call.controller.signal.aborted || toAppError(error).code === 'ABORTED';
    post(isAborted ? { kind: 'aborted', id } : { kind: 'error', id, error: toWire(error) });
  } finally {
    calls.delete(id);
  }
}

scope.addEventListener('message', ({ data: request }: MessageEvent<Request>) => {
  switch (request.kind) {
    case 'ack':
      calls.get(request.id)?.sink.acknowledge();
      break;
    case 'abort':
      calls.get(request.id)?.controller.abort();
      break;
    case 'describe':
    case 'load':
    case 'generate':
    case 'findFaces':
    case 'readFace':
    case 'edit':
      void handleCall(request);
  }
});
