import { useEffect } from 'react';
import { performHotkey } from '../../lib/actions';
import type { PageActions } from './actions';

/** Listens for the page's own keys; the painter listens for its own. */
export function useHotkeys(actions: PageActions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!document.querySelector('dialog[open]')) performHotkey(Object.values(actions), event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [actions]);
}
