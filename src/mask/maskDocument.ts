import { createMask, isValidMask, MASK_SIZE, type ClassMask } from './classMask';
import { applyDifference, diffMasks, History, type Difference, type Step } from './history';
import { fullRect, unionRect, type Rect } from './rect';
import { resampleMask } from './resample';

type PaintListener = (rect: Rect) => void;
type CommitListener = () => void;

/** All that a document holds, to be put away and taken up again. */
export interface MaskContents {
  readonly mask: Readonly<ClassMask>;
  readonly baseline: Readonly<ClassMask>;
  readonly history: History;
}

/**
 * The mask being painted, with its undo history. A gesture paints into `live` between `begin` and `commit` or `abort`;
 * everyone but the display sees the last committed state, so a cancelled gesture leaves no trace anywhere.
 */
export class MaskDocument {
  readonly #live: ClassMask;
  readonly #committed: ClassMask;
  readonly #baseline: ClassMask;
  #history = new History();
  readonly #paintListeners = new Set<PaintListener>();
  readonly #commitListeners = new Set<CommitListener>();
  #gesture: { label: string; dirty: Rect | null } | null = null;
  #revision = 0;

  constructor(size: number = MASK_SIZE) {
    this.#live = createMask(size);
    this.#committed = createMask(size);
    this.#baseline = createMask(size);
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

  /** The mask as it was loaded last: a sample, a file, a photo. What erasing to the original restores. The bytes stay the same object. */
  get baseline(): Readonly<ClassMask> {
    return this.#baseline;
  }

  /** What the document holds now: its own objects, not copies. */
  get contents(): Readonly<MaskContents> {
    return { mask: this.#committed, baseline: this.#baseline, history: this.#history };
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
    this.#record(gesture.label, diffMasks(this.#committed, this.#live, gesture.dirty), null);
  }

  /** Closes the gesture and takes back all that it painted. */
  abort(): void {
    const gesture = this.#gesture;
    this.#gesture = null;
    if (!gesture?.dirty) return;
    const difference = diffMasks(this.#committed, this.#live, gesture.dirty);
    if (!difference) return;
    applyDifference(this.#live, difference);
    this.#paint(difference.rect);
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
   * One whole gesture: opens it, lets `paint` write into the mask, and closes it. If `paint` throws, nothing remains.
   *
   * @param paint returns the rectangle that it may have changed
   * @returns whether anything changed
   */
  edit(label: string, paint: (mask: ClassMask) => Rect | null): boolean {
    const before = this.#revision;
    this.begin(label);
    try {
      this.touch(paint(this.#live));
    } catch (error) {
      this.touch(fullRect(this.#live.size));
      this.abort();
      throw error;
    }
    this.commit();
    return this.#revision !== before;
  }

  /**
   * Puts another mask in place as one step of the history, resampled by nearest neighbour if its size differs.
   *
   * @throws RangeError when the bytes are not a square mask of classes 0–18
   */
  replace(mask: Uint8Array<ArrayBuffer>, size: number, label: string): void {
    const data = this.#accept(mask, size);
    this.edit(label, (live) => {
      live.data.set(data);
      return fullRect(live.size);
    });
  }

  /** As `replace`, and makes the mask the new baseline; undo brings the earlier baseline back too. @throws RangeError as `replace` */
  load(mask: Uint8Array<ArrayBuffer>, size: number, label: string): void {
    const data = this.#accept(mask, size);
    this.abort();
    this.#live.data.set(data);
    const all = fullRect(this.#live.size);
    this.#paint(all);
    this.#record(label, diffMasks(this.#committed, this.#live, all), diffMasks(this.#baseline, this.#live, all));
  }

  /**
   * Puts the mask of an earlier visit in place. The history starts afresh.
   *
   * @param baseline of the same size as the mask; the mask itself unless given
   * @throws RangeError as `replace`
   */
  restore(mask: Uint8Array<ArrayBuffer>, size: number, baseline: Uint8Array<ArrayBuffer> = mask): void {
    const [data, loaded] = [this.#accept(mask, size), this.#accept(baseline, size)];
    this.abort();
    this.#history.clear();
    this.#live.data.set(data);
    this.#committed.data.set(data);
    this.#baseline.data.set(loaded);
    this.#paint(fullRect(this.#live.size));
    this.#changed();
  }

  /**
   * Takes up other contents with their history. A gesture that is open is aborted.
   *
   * @param next of a document of the same size
   * @returns what was there before
   */
  exchange(next: MaskContents): MaskContents {
    this.abort();
    const copy = ({ data, size }: Readonly<ClassMask>) => ({ data: data.slice(), size });
    const before = { mask: copy(this.#committed), baseline: copy(this.#baseline), history: this.#history };
    this.#history = next.history;
    this.#live.data.set(next.mask.data);
    this.#committed.data.set(next.mask.data);
    this.#baseline.data.set(next.baseline.data);
    this.#paint(fullRect(this.#live.size));
    this.#changed();
    return before;
  }

  #accept(data: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
    const mask = { data, size };
    if (!isValidMask(mask)) throw new RangeError(`Not a ${size} × ${size} mask of known classes.`);
    return resampleMask(mask, this.#live.size).data;
  }

  /** Makes an edit that `live` shows already the committed one, and a step of the history. */
  #record(label: string, mask: Difference | null, baseline: Difference | null): void {
    if (!mask && !baseline) return;
    if (mask) applyDifference(this.#committed, mask);
    if (baseline) applyDifference(this.#baseline, baseline);
    this.#history.push({ label, mask, baseline });
    this.#changed();
  }

  #step(step: Step | null): void {
    if (!step) return;
    if (step.baseline) applyDifference(this.#baseline, step.baseline);
    if (step.mask) {
      applyDifference(this.#live, step.mask);
      applyDifference(this.#committed, step.mask);
      this.#paint(step.mask.rect);
    }
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
