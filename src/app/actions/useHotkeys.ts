import { useEffect } from 'react';
import type { AppStore } from '../../state/store';
import type { Actions } from './actions';
import { isTextEntry, matches } from './hotkeys';

/** Listens for the actions' keys on the whole page. */
export function useHotkeys(actions: Actions, store: AppStore): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // While an input method composes, Enter and Escape are its own.
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      const action = Object.values(actions).find(({ hotkey }) => matches(hotkey, event));
      if (!action?.isEnabled(store.getState())) return;
      if (action.hotkey.length === 1 && isTextEntry(event.target)) return;
      event.preventDefault();
      action.perform();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [actions, store]);
}
