import { useEffect } from 'react';
import { performHotkey } from '../../lib/actions';
import type { View } from '../../state/viewSlice';
import type { PageActions } from './actions';

/** Listens for the keys of the page and of the view that is open; the painter listens for its own. */
export function useHotkeys(actions: PageActions, view: View): void {
  useEffect(() => {
    const inForce = [...Object.values(actions.page), ...Object.values(actions[view])];
    const onKey = (event: KeyboardEvent) => {
      if (!document.querySelector('dialog[open]')) performHotkey(inForce, event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [actions, view]);
}
