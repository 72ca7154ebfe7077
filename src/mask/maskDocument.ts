import { createMask, isValidMask, MASK_SIZE, type ClassMask } from './classMask';
import { applyChange, diffMasks, History } from './history';
import { fullRect, unionRect, type Rect } from './rect';
import { resampleMask } from './resample';

type PaintListener = (rect: Rect) => void;
type CommitListener = () => void;

/**
 * The mask being painted, with its undo history. A gesture paints into `live` between `begin` and `commit` or `abort`;
 * everyone but the display sees the last committed state, so a cancelled gesture leaves no trace anywhere.
 */
export class MaskDocument {
  readonly #live: ClassMask;
  readonly #committed: ClassMask;
  readonly #history = new History();
  readonly #paintListeners = new Set<PaintListener>();
  readonly #commitListeners = new Set<CommitListener>();
  #gesture: { label: string; dirty: Rect | null } | null = null;
  #revision = 0;

  constructor(size: number = MASK_SIZE) {
    this.#live = createMask(size);
    this.#committed = createMask(size);
  }

  /** The bytes on the screen, an open gesture's included. Write to them only within a gesture, and tell `touch`. */
  get live(): ClassMask {
    return this.#live;
  }

  /** Counts committed changes: equal numbers mean equal masks. */
  get revision(): number {
    return this.#revision;
  }

  get isPainting(): boolean {
    return this.#gesture !== null;
  }

  /** What the next undo takes back, for its button; `null` when there is nothing. */
  get undoLabel(): string | null {
    return this.#history.undoLabel;
  }

  get redoLabel(): string | null {
    return this.#history.redoLabel;
  }

  /** A copy of the committed mask: class indices 0–18, row by row, `size` squared. */
  snapshot(): { mask: Uint8Array<ArrayBuffer>; size: number } {
    return { mask: this.#committed.data.slice(), size: this.#committed.size };
  }

  /** The committed mask itself, to read from without a copy. */
  get committed(): Readonly<ClassMask> {
    return this.#committed;
  }

  /** Tells of every committed change. @returns the function that ends it */
  subscribe = (listener: CommitListener): (() => void) => {
    this.#commitListeners.add(listener);
    return () => this.#commitListeners.delete(listener);
  };

  /** Tells of every rectangle of `live` that changed, while painting too. @returns the function that ends it */
  onPaint(listener: PaintListener): () => void {
    this.#paintListeners.add(listener);
    return () => this.#paintListeners.delete(listener);
  }

  /** Opens a gesture; one left open is aborted first. */
  begin(label: string): void {
    this.abort();
    this.#gesture = { label, dirty: null };
  }

  /** Notes that the open gesture has painted here. */
  touch(rect: Rect | null): void {
    if (!this.#gesture || !rect) return;
    this.#gesture.dirty = unionRect(this.#gesture.dirty, rect);
    this.#paint(rect);
  }

  /** Closes the gesture as one step of the history, if it changed anything. */
  commit(): void {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (!gesture?.dirty) return;
    const change = diffMasks(this.#committed, this.#live, gesture.dirty, gesture.label);
    if (!change) return;
    applyChange(this.#committed, change);
    this.#history.push(change);
    this.#changed();
  }

  /** Closes the gesture and takes back all that it painted. */
  abort(): void {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (!gesture?.dirty) return;
    const change = diffMasks(this.#committed, this.#live, gesture.dirty, gesture.label);
    if (!change) return;
    applyChange(this.#live, change);
    this.#paint(change.rect);
  }

  undo(): void {
    this.abort();
    this.#step(this.#history.undo());
  }

  redo(): void {
    this.abort();
    this.#step(this.#history.redo());
  }

  /**
   * Puts another mask in place as one step of the history, resampled by nearest neighbour if its size differs.
   *
   * @throws RangeError when the bytes are not a square mask of classes 0–18
   */
  replace(mask: Uint8Array<ArrayBuffer>, size: number, label: string): void {
    this.begin(label);
    this.#live.data.set(this.#accept(mask, size));
    this.touch(fullRect(this.#live.size));
    this.commit();
  }

  /** Puts the mask of an earlier visit or the first sample in place, outside the history. @throws RangeError as `replace` */
  restore(mask: Uint8Array<ArrayBuffer>, size: number): void {
    this.abort();
    this.#live.data.set(this.#accept(mask, size));
    this.#committed.data.set(this.#live.data);
    this.#paint(fullRect(this.#live.size));
    this.#changed();
  }

  #accept(data: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
    const mask = { data, size };
    if (!isValidMask(mask)) throw new RangeError(`Not a ${size} × ${size} mask of known classes.`);
    return resampleMask(mask, this.#live.size).data;
  }

  #step(change: ReturnType<History['undo']>): void {
    if (!change) return;
    applyChange(this.#live, change);
    applyChange(this.#committed, change);
    this.#paint(change.rect);
    this.#changed();
  }

  #paint(rect: Rect): void {
    for (const listener of this.#paintListeners) listener(rect);
  }

  #changed(): void {
    this.#revision++;
    for (const listener of this.#commitListeners) listener();
  }
}
