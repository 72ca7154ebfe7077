/** Waiting without hanging. */

/** Rejects with `makeError()` when `task` has not settled in time; the task itself goes on unheard. */
export async function withTimeout<T>(task: Promise<T>, milliseconds: number, makeError: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(makeError());
    }, milliseconds);
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What `task` gives, or the signal's reason once it is aborted. Not `Promise.race` with one long-lived promise: that would hold on to
 * the result of every call ever raced against it.
 */
export async function unlessAborted<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([task(), aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.addEventListener('message', () => waiting.shift()?.());
channel.port1.start();

/**
 * Lets messages in. Awaiting a WASM run does not: it blocks the thread and resolves in microtasks, so an abort would stay
 * unread for the whole run. A message channel, because nested `setTimeout` is held back to 4 ms.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
