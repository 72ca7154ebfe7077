import { openMask, setPainter } from '../features/canvas';
import type { AppStore } from '../state/store';

/** Keeps the view that the address names open (`#edit`), and its mask on the canvas. @returns the function that ends it */
export function followView(store: AppStore): () => void {
  const apply = () => {
    const view = window.location.hash === '#edit' ? 'edit' : 'create';
    openMask(view === 'edit' ? 'edit' : 'current');
    setPainter({ overPhoto: view === 'edit', notice: null });
    store.setState({ view });
  };
  apply();
  window.addEventListener('hashchange', apply);
  return () => window.removeEventListener('hashchange', apply);
}
