/** Back-pressure between the maths and the page. */
import type { Frame } from '../shared/protocol';

/**
 * One frame may be on its way and one may wait for its acknowledgement. A third replaces the waiting one (the latest wins),
 * so a page that paints slowly loses frames and never piles them up.
 */
export class FrameSink {
  readonly #send: (frame: Frame) => void;
  #onTheWay = false;
  #waiting: Frame | null = null;
  #roomMade: (() => void) | null = null;

  constructor(send: (frame: Frame) => void) {
    this.#send = send;
  }

  /** Resolves when a new frame would replace none, or after `milliseconds`: how long the maths may wait for the page. */
  async room(milliseconds: number): Promise<void> {
    if (!this.#waiting) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#roomMade = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#roomMade = null;
  }

  push(frame: Frame): void {
    if (!this.#onTheWay) {
      this.#onTheWay = true;
      this.#send(frame);
      return;
    }
    this.#waiting?.preview.close();
    this.#waiting = frame;
  }

  /** The page has taken the last frame in. */
  acknowledge(): void {
    this.#onTheWay = false;
    const frame = this.#waiting;
    this.#waiting = null;
    if (frame) this.push(frame);
    this.#roomMade?.();
  }

  /** Sends what still waits: the last step must arrive before the result. */
  flush(): void {
    if (this.#waiting) this.#send(this.#waiting);
    this.#waiting = null;
  }

  /** Throws away what still waits. */
  drop(): void {
    this.#waiting?.preview.close();
    this.#waiting = null;
    this.#roomMade?.();
  }
}
