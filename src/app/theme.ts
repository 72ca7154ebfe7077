import type { AppStore } from '../state/store';

/** Keeps the page in the chosen theme, and in the system's where that is the choice. @returns the function that ends it */
export function followTheme(store: AppStore): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme } = store.getState();
    document.documentElement.dataset.theme = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
  };
  apply();
  system.addEventListener('change', apply);
  const unsubscribe = store.subscribe((state) => state.theme, apply);
  return () => {
    system.removeEventListener('change', apply);
    unsubscribe();
  };
}
