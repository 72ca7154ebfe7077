/**
 * The painter's two masks: one to make a face from, one of the photo being edited. `maskDocument` holds the one of the view that is
 * open; the other waits here with its whole history, and both are kept for the next visit.
 */
import { MaskDocument, type MaskContents } from '../../mask/maskDocument';
import type { MaskKey } from '../../storage/maskStore';
import { maskDocument } from './maskDocument';

type Listener = (key: MaskKey, contents: Readonly<MaskContents>) => void;

let open: MaskKey = 'current';
let waiting = new MaskDocument().contents;
let isExchanging = false;
/** Masks that somebody has changed since the page was opened. */
const touched = new Set<MaskKey>();
const listeners = new Set<Listener>();

maskDocument.subscribe(() => {
  // Another mask on the canvas is a change to whoever draws it, not to the mask.
  if (!isExchanging) tell(open, maskDocument.contents);
});

/** Puts a view's mask on the canvas, and the other one away as it is. */
export function openMask(key: MaskKey): void {
  if (key === open) return;
  open = key;
  isExchanging = true;
  waiting = maskDocument.exchange(waiting);
  isExchanging = false;
}

/** Puts a mask in a view's place, on the canvas or waiting. Its history starts afresh. */
export function putMask(key: MaskKey, mask: Uint8Array<ArrayBuffer>, size: number, baseline = mask): void {
  if (key === open) return maskDocument.restore(mask, size, baseline);
  const document = new MaskDocument();
  document.restore(mask, size, baseline);
  waiting = document.contents;
  tell(key, waiting);
}

/** A copy of a view's mask. */
export function copyOfMask(key: MaskKey): { mask: Uint8Array<ArrayBuffer>; size: number } {
  const { data, size } = key === open ? maskDocument.committed : waiting.mask;
  return { mask: data.slice(), size };
}

export function isTouched(key: MaskKey): boolean {
  return touched.has(key);
}

/** Tells of every change that is to be kept. @returns the function that ends it */
export function onMaskChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(key: MaskKey, contents: Readonly<MaskContents>): void {
  touched.add(key);
  for (const listener of listeners) listener(key, contents);
}
