/** The keys that change what a gesture does. */
export interface Keys {
  readonly shift: boolean;
  /** Ctrl or Cmd. */
  readonly ctrl: boolean;
}

const RELEVANT = new Set(['Shift', 'Control', 'Meta']);

/** Keys by their own events, for what pointer events cannot tell: whether Ctrl is held in truth, and changes while the pointer rests. */
export class Modifiers {
  /** A trackpad's pinch arrives as a wheel that claims Ctrl: only this knows better. */
  isCtrlHeld = false;

  constructor(host: HTMLElement, signal: AbortSignal, onChange: (keys: Keys) => void) {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Control') this.isCtrlHeld = event.type === 'keydown';
      if (RELEVANT.has(event.key) && !event.repeat) {
        onChange({ shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey });
      }
    };
    window.addEventListener('keydown', listen, { signal, capture: true });
    window.addEventListener('keyup', listen, { signal, capture: true });
    window.addEventListener('blur', () => (this.isCtrlHeld = false), { signal });
    // Alt alone would open the browser's menu and take the focus away.
    const keepFocus = (event: KeyboardEvent) => event.key === 'Alt' && event.preventDefault();
    host.addEventListener('keydown', keepFocus, { signal });
    host.addEventListener('keyup', keepFocus, { signal });
  }
}
