/** Errors across the worker's border: structured clone keeps neither their class nor their fields. */
import { AppError, type WireError } from './errors';

/** Texts by which the runtimes of Chromium, Firefox and Safari, and the runtime's own heap, say that memory is used up. */
const OUT_OF_MEMORY =
  /bad_alloc|out of memory|memory access out of bounds|array buffer allocation|allocation failed|can't allocate/i;

export function abortedError(): AppError {
  return new AppError('ABORTED', 'Stopped.', 'Start again when you like.');
}

/** Any thrown value as an `AppError`; one that already is stays as it is. */
export function toAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof DOMException && cause.name === 'AbortError') return abortedError();
  const text = cause instanceof Error ? cause.message : String(cause);
  if (OUT_OF_MEMORY.test(text)) {
    return new AppError('OUT_OF_MEMORY', 'The device ran out of memory.', 'Close other tabs and try again.', { cause });
  }
  return new AppError('ENGINE_FAILED', `The engine failed: ${text}`, 'Reload the page and try again.', { cause });
}

export function toWire(cause: unknown): WireError {
  const { code, message, cure } = toAppError(cause);
  return { code, message, cure };
}

export function fromWire({ code, message, cure }: WireError): AppError {
  return new AppError(code, message, cure);
}
