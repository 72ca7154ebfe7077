import { findAction, performHotkey } from '../../lib/actions';
import { isTextEntry, matches } from '../../lib/hotkeys';
import type { MaskStage } from '../../stage/maskStage';
import { HOLDS, PAINTER_ACTIONS, type Hold } from './painterActions';

const CANVAS_ACTIONS = PAINTER_ACTIONS.filter(({ scope }) => scope === 'canvas');
const WIDER_ACTIONS = PAINTER_ACTIONS.filter(({ scope }) => scope === 'painter');

/** Keys of the whole painter. They also count while nothing has the focus, as after a button that has just been disabled. */
export function listenToPainterKeys(painter: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent) => {
    const { target } = event;
    const isHere = target === document.body || (target instanceof Node && painter.contains(target));
    // Text that is typed has an undo of its own.
    if (isHere && !isTextEntry(target)) performHotkey(WIDER_ACTIONS, event);
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

/**
 * Single keys, only while the canvas itself has the focus, so that they never get in the way of typing or of assistive software
 * (WCAG 2.1.4). Some keys borrow a tool while they are held and choose something when they are tapped. Which one it was shows when
 * they are let go.
 */
export function listenToCanvasKeys(host: HTMLElement, stage: MaskStage): () => void {
  const control = new AbortController();
  const { signal } = control;
  let held: { hold: Hold; code: string; isUsed: boolean } | null = null;
  const letGo = () => {
    held?.hold.hold(stage, false);
    held = null;
  };
  host.addEventListener('pointerdown', () => held && (held.isUsed = true), { signal });
  host.addEventListener(
    'keydown',
    (event) => {
      const hold = HOLDS.find(({ hotkey }) => matches(hotkey, event));
      if (hold) {
        if (held?.hold !== hold) {
          letGo();
          held = { hold, code: event.code, isUsed: false };
          hold.hold(stage, true);
        }
        event.preventDefault();
      } else if (isBare(event) && stage.keyboard.handle(event)) event.preventDefault();
      else performHotkey(CANVAS_ACTIONS, event);
    },
    { signal },
  );
  host.addEventListener(
    'keyup',
    (event) => {
      if (event.code !== held?.code) return;
      const tapped = held.isUsed ? undefined : findAction(CANVAS_ACTIONS, event);
      letGo();
      if (tapped?.isEnabled()) tapped.perform();
    },
    { signal },
  );
  host.addEventListener('focus', () => host.matches(':focus-visible') && stage.keyboard.show(), { signal });
  host.addEventListener(
    'blur',
    () => {
      letGo();
      stage.keyboard.finish();
    },
    { signal },
  );
  return () => control.abort();
}

function isBare({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey;
}
