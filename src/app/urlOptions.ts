/** The switches in the page's address: `?pack=ID`, `?device=wasm|webgpu`, `?threads=N`. */
import type { LoadOptions } from '../diffusion/shared/types';

export interface UrlOptions {
  /** `null`: the site's default pack. */
  pack: string | null;
  load: LoadOptions;
}

/** More WASM threads than this only wait for each other. */
const THREADS_MAX = 16;

/** What the address asks for; a value that makes no sense is as good as none. */
export function readUrlOptions(search: string): UrlOptions {
  const query = new URLSearchParams(search);
  const device = query.get('device');
  const threads = Number(query.get('threads'));
  return {
    pack: query.get('pack'),
    load: {
      device: device === 'wasm' || device === 'webgpu' ? device : 'auto',
      threads: Number.isInteger(threads) && threads >= 1 && threads <= THREADS_MAX ? threads : null,
    },
  };
}
