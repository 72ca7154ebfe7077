/** One worker and the calls on it. Every call settles exactly once, also when the worker dies or stops answering. */
import { AppError } from '../shared/errors';
import type { CallKind, Calls, Frame, Reply, Request } from '../shared/protocol';
import type { LoadProgress } from '../shared/types';
import { abortedError, fromWire } from '../shared/wire';

/** A worker that has not reacted to an abort by then is ended. */
const ABORT_GRACE_MS = 3000;
/**
 * During a run the worker beats about once a second; silence is counted in ticks, so that a sleeping laptop counts as one.
 * Five minutes, because the decoder blocks a software adapter for minutes.
 */
const TICK_MS = 5000;
const SILENT_TICKS = 60;

export interface Listeners<F extends Frame> {
  onProgress?: (progress: LoadProgress) => void;
  onStep?: (frame: F) => void | Promise<void>;
}

interface Pending {
  signal: AbortSignal;
  listeners: Listeners<Frame>;
  resolve: (value: Calls[CallKind]['result']) => void;
  reject: (error: Error) => void;
  /** Undoes what the call has set up: timers, listeners. */
  cleanUp: () => void;
  silentTicks: number;
}

let lastId = 0;

export class WorkerLink {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #open = true;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      this.#receive(data);
    });
    const die = (): void => {
      this.#die('The engine stopped unexpectedly.');
    };
    worker.addEventListener('error', die);
    worker.addEventListener('messageerror', die);
  }

  get isOpen(): boolean {
    return this.#open;
  }

  call<K extends CallKind>(
    kind: K,
    args: Calls[K]['args'],
    signal: AbortSignal,
    listeners: Listeners<Calls[K]['frame']> = {},
  ): Promise<Calls[K]['result']> {
    if (signal.aborted) return Promise.reject(abortedError());
    const id = ++lastId;
    return new Promise<Calls[K]['result']>((resolve, reject) => {
      const cleanUp = this.#watch(id, kind, signal);
      // The worker answers a call of kind K with K's result and frames: the one place where these are paired on trust.
      const settle = resolve as (value: Calls[CallKind]['result']) => void;
      const heard = listeners as Listeners<Frame>;
      this.#pending.set(id, { signal, listeners: heard, resolve: settle, reject, cleanUp, silentTicks: 0 });
      this.#post({ kind, id, ...args } as Request);
    });
  }

  /** Ends the worker; calls under way are rejected as aborted. */
  close(reason: string): void {
    this.#end(() => new AppError('ABORTED', reason, 'Start again when you like.'));
  }

  #post(request: Request): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; a worker takes none
    this.#worker.postMessage(request);
  }

  /** Passes an abort on, and ends a worker that ignores it or falls silent in a run. */
  #watch(id: number, kind: CallKind, signal: AbortSignal): () => void {
    let grace: ReturnType<typeof setTimeout> | undefined;
    const onAbort = (): void => {
      this.#post({ kind: 'abort', id });
      grace = setTimeout(() => {
        this.#die('The engine had to be restarted because it did not stop.');
      }, ABORT_GRACE_MS);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // Loading may be silent for long: the runtime's own download reports nothing.
    const mayBeSilent = kind === 'load' || kind === 'describe';
    const ticks = mayBeSilent ? undefined : setInterval(() => this.#tick(id), TICK_MS);
    return () => {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(grace);
      clearInterval(ticks);
    };
  }

  #tick(id: number): void {
    const call = this.#pending.get(id);
    if (call && ++call.silentTicks > SILENT_TICKS) this.#die('The engine has stopped answering.');
  }

  #receive(reply: Reply): void {
    const call = this.#pending.get(reply.id);
    if (!call) {
      closePictures(reply);
      return;
    }
    call.silentTicks = 0;
    switch (reply.kind) {
      case 'heartbeat':
        break;
      case 'progress':
        if (!call.signal.aborted) call.listeners.onProgress?.(reply.progress);
        break;
      case 'step':
        void this.#deliver(reply.id, call, reply);
        break;
      case 'result':
        this.#settle(reply.id, call, reply);
        break;
      case 'aborted':
        this.#fail(reply.id, call, abortedError());
        break;
      case 'error':
        this.#fail(reply.id, call, fromWire(reply.error));
    }
  }

  /** Hands a frame to the page and tells the worker when it has been taken in. */
  async #deliver(id: number, call: Pending, reply: Extract<Reply, { kind: 'step' }>): Promise<void> {
    if (call.signal.aborted) {
      closePictures(reply);
      return;
    }
    try {
      await call.listeners.onStep?.(reply.frame);
      this.#post({ kind: 'ack', id });
    } catch (error) {
      this.#post({ kind: 'abort', id });
      this.#fail(id, call, error instanceof Error ? error : new Error(String(error)));
    }
  }

  #settle(id: number, call: Pending, reply: Extract<Reply, { kind: 'result' }>): void {
    if (call.signal.aborted) {
      closePictures(reply);
      this.#fail(id, call, abortedError());
      return;
    }
    if (!this.#pending.delete(id)) return;
    call.cleanUp();
    call.resolve(reply.value);
  }

  #fail(id: number, call: Pending, error: Error): void {
    if (!this.#pending.delete(id)) return;
    call.cleanUp();
    call.reject(error);
  }

  /** Ends the worker because it is no use any more; the next call starts another. */
  #die(cause: string): void {
    this.#end(() => new AppError('ENGINE_DEAD', cause, 'Try again.'));
  }

  #end(makeError: () => AppError): void {
    this.#open = false;
    this.#worker.terminate();
    for (const [id, call] of this.#pending) this.#fail(id, call, call.signal.aborted ? abortedError() : makeError());
  }
}

/** Bitmaps hold memory outside the collector's sight; those of replies that nobody takes must be closed. */
function closePictures(reply: Reply): void {
  if (reply.kind === 'step') reply.frame.preview.close();
  if (reply.kind === 'result' && 'image' in reply.value) reply.value.image.close();
}
