/** Milliseconds that the ring stays after the last change of its size. */
const SHOWN_FOR = 1000;

/** Shows the brush's ring for a moment when its size changes while no pointer is there to show it. */
export class SizePreview {
  readonly #onEnd: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  get isShown(): boolean {
    return this.#timer !== null;
  }

  show(): void {
    this.destroy();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#onEnd();
    }, SHOWN_FOR);
  }

  destroy(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
