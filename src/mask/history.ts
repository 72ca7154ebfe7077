import type { ClassMask } from './classMask';
import type { Rect } from './rect';

/** Steps kept for undo, and the bytes that they and the redo steps may hold together. */
const MAX_STEPS = 200;
const MAX_BYTES = 32 * 2 ** 20;

/** How two masks differ: the bytes of one XOR those of the other within a rectangle, which leads both ways. */
export interface Difference {
  readonly rect: Rect;
  /** Runs of equal bits, row by row through the rectangle: length (below 2²⁴) × 256 + bits. A stroke takes a few kilobytes. */
  readonly runs: Uint32Array<ArrayBuffer>;
}

/** One edit. At least one of the two differs. */
export interface Step {
  readonly label: string;
  readonly mask: Difference | null;
  readonly baseline: Difference | null;
}

/** @returns what turns `before` into `after` within the rectangle, or `null` when both agree there */
export function diffMasks(before: ClassMask, after: ClassMask, rect: Rect): Difference | null {
  const runs: number[] = [];
  let bits = 0;
  let length = 0;
  for (let y = 0; y < rect.height; y++) {
    let from = (rect.y + y) * before.size + rect.x;
    for (let x = 0; x < rect.width; x++, from++) {
      const here = before.data[from]! ^ after.data[from]!;
      if (here !== bits) {
        if (length > 0) runs.push(length * 256 + bits);
        bits = here;
        length = 0;
      }
      length++;
    }
  }
  if (bits !== 0) runs.push(length * 256 + bits);
  return runs.length === 0 ? null : { rect, runs: Uint32Array.from(runs) };
}

/** Turns the mask before an edit into the one after it, and the one after it into the one before. */
export function applyDifference(mask: ClassMask, { rect, runs }: Difference): void {
  let at = 0;
  for (const run of runs) {
    const bits = run & 0xff;
    const end = at + (run >>> 8);
    if (bits === 0) at = end;
    while (at < end) {
      const row = Math.floor(at / rect.width);
      const rowEnd = Math.min(end, (row + 1) * rect.width);
      const offset = (rect.y + row) * mask.size + rect.x - row * rect.width;
      for (; at < rowEnd; at++) mask.data[offset + at]! ^= bits;
    }
  }
}

function bytesOf({ mask, baseline }: Step): number {
  return (mask?.runs.byteLength ?? 0) + (baseline?.runs.byteLength ?? 0);
}

/** Undo and redo by whole edits, bounded in depth and in memory: the oldest step goes first. */
export class History {
  #done: Step[] = [];
  #undone: Step[] = [];
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
  push(step: Step): void {
    for (const undone of this.#undone) this.#bytes -= bytesOf(undone);
    this.#undone = [];
    this.#done.push(step);
    this.#bytes += bytesOf(step);
    while (this.#done.length > this.#maxSteps || (this.#bytes > this.#maxBytes && this.#done.length > 1)) {
      this.#bytes -= bytesOf(this.#done.shift()!);
    }
  }

  /** Forgets every step, as after a mask that no step leads to. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
    this.#bytes = 0;
  }

  /** @returns the step to take back, or `null` when there is none */
  undo(): Step | null {
    return move(this.#done, this.#undone);
  }

  /** @returns the step to make again, or `null` when there is none */
  redo(): Step | null {
    return move(this.#undone, this.#done);
  }
}

function move(from: Step[], to: Step[]): Step | null {
  const step = from.pop() ?? null;
  if (step) to.push(step);
  return step;
}
