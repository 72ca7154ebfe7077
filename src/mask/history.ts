import type { ClassMask } from './classMask';
import type { Rect } from './rect';

/** Steps kept for undo, and the bytes that they and the redo steps may hold together. */
const MAX_STEPS = 200;
const MAX_BYTES = 32 * 2 ** 20;

/** What one edit changed: the old bytes XOR the new ones within a rectangle, which leads both ways at half the memory. */
export interface Change {
  readonly label: string;
  readonly rect: Rect;
  readonly difference: Uint8Array<ArrayBuffer>;
}

/** @returns the change that turns `before` into `after` within the rectangle, or `null` when both agree there */
export function diffMasks(before: ClassMask, after: ClassMask, rect: Rect, label: string): Change | null {
  const difference = new Uint8Array(rect.width * rect.height);
  let changed = 0;
  for (let y = 0, i = 0; y < rect.height; y++) {
    let from = (rect.y + y) * before.size + rect.x;
    for (let x = 0; x < rect.width; x++, i++, from++) {
      const bits = before.data[from]! ^ after.data[from]!;
      difference[i] = bits;
      changed |= bits;
    }
  }
  return changed === 0 ? null : { label, rect, difference };
}

/** Turns the mask before a change into the one after it, and the one after it into the one before. */
export function applyChange(mask: ClassMask, change: Change): void {
  const { rect, difference } = change;
  for (let y = 0, i = 0; y < rect.height; y++) {
    let to = (rect.y + y) * mask.size + rect.x;
    for (let x = 0; x < rect.width; x++, i++, to++) mask.data[to]! ^= difference[i]!;
  }
}

/** Undo and redo by whole edits, bounded in depth and in memory: the oldest step goes first. */
export class History {
  #done: Change[] = [];
  #undone: Change[] = [];
  #bytes = 0;
  readonly #maxSteps: number;
  readonly #maxBytes: number;

  constructor(maxSteps: number = MAX_STEPS, maxBytes: number = MAX_BYTES) {
    this.#maxSteps = maxSteps;
    this.#maxBytes = maxBytes;
  }

  get undoLabel(): string | null {
    return this.#done.at(-1)?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.#undone.at(-1)?.label ?? null;
  }

  /** Bytes held by all steps. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Records an edit that has been made; what was undone before it is gone. */
  push(change: Change): void {
    for (const step of this.#undone) this.#bytes -= step.difference.length;
    this.#undone = [];
    this.#done.push(change);
    this.#bytes += change.difference.length;
    while (this.#done.length > this.#maxSteps || (this.#bytes > this.#maxBytes && this.#done.length > 1)) {
      this.#bytes -= this.#done.shift()!.difference.length;
    }
  }

  /** @returns the change to apply for one step back, or `null` when there is none */
  undo(): Change | null {
    return move(this.#done, this.#undone);
  }

  /** @returns the change to apply for one step forward, or `null` when there is none */
  redo(): Change | null {
    return move(this.#undone, this.#done);
  }
}

function move(from: Change[], to: Change[]): Change | null {
  const change = from.pop() ?? null;
  if (change) to.push(change);
  return change;
}
