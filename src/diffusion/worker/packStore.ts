/** Fetches a pack, checks it and keeps it in the browser's Cache storage, by content: a second visit needs no network. */
import { AppError } from '../shared/errors';
import { parseManifest, type Manifest, type PackFile } from '../shared/manifest';
import type { LoadProgress } from '../shared/types';
import { abortedError } from '../shared/wire';

const CACHE_NAME = 'packs-v1';
/** Cache keys must be URLs; nothing is served at this one. */
const CONTENT_PATH = '/.pack-content/';
const MANIFEST = 'manifest.json';
/** A download that comes in wrong is tried once more. */
const ATTEMPTS = 2;

type OnProgress = (progress: LoadProgress) => void;

function missing(what: string): AppError {
  return new AppError(
    'PACK_MISSING',
    `${what} is not on the server.`,
    'Check the pack name in the address, or pick another pack.',
  );
}

function unreachable(cause: unknown): AppError {
  return new AppError('OFFLINE', 'The model pack could not be downloaded.', 'Check the connection and try again.', {
    cause,
  });
}

async function request(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    // no-store: what is kept is kept here, checked, and not a second time in the HTTP cache.
    response = await fetch(url, { signal, cache: 'no-store' });
  } catch (cause) {
    throw signal.aborted ? abortedError() : unreachable(cause);
  }
  // A server for single-page apps answers a missing file with its start page.
  const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
  if (response.status === 404 || (response.ok && isPage)) throw missing(url);
  if (!response.ok) throw unreachable(new Error(`${url}: status ${response.status}`));
  return response;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Browsers give checksums to secure pages only; on others (plain http in a local network) the size must do. */
async function isIntact(bytes: Uint8Array<ArrayBuffer>, file: PackFile): Promise<boolean> {
  if (bytes.length !== file.bytes) return false;
  return !self.isSecureContext || (await sha256(bytes)) === file.sha256;
}

/** Reads a body into one buffer of the size that the manifest promises; a longer body is cut off as wrong. */
async function readBody(
  response: Response,
  size: number,
  onBytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) return bytes.subarray(0, length);
    if (length + chunk.value.length > size) {
      await reader?.cancel();
      return bytes.subarray(0, 0);
    }
    bytes.set(chunk.value, length);
    length += chunk.value.length;
    onBytes(chunk.value.length);
  }
}

/** Cache storage may be refused (private windows, full disk); the engine then works from memory. */
async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(CACHE_NAME);
  } catch {
    return null;
  }
}

function contentKey(file: PackFile): string {
  return new URL(CONTENT_PATH + file.sha256, self.location.origin).href;
}

export class PackStore {
  readonly manifest: Manifest;
  readonly #folder: string;
  readonly #cache: Cache | null;
  /** Files that the cache would not take, by sha256. */
  readonly #memory = new Map<string, Uint8Array<ArrayBuffer>>();

  private constructor(manifest: Manifest, folder: string, cache: Cache | null) {
    this.manifest = manifest;
    this.#folder = folder;
    this.#cache = cache;
  }

  /** @param packUrl absolute URL of the pack's folder. The manifest comes from the network, or from the last visit when offline. */
  static async open(packUrl: string, signal: AbortSignal): Promise<PackStore> {
    const folder = packUrl.endsWith('/') ? packUrl : `${packUrl}/`;
    const url = folder + MANIFEST;
    const cache = await openCache();
    const manifest = await fetchManifest(url, cache, signal);
    return new PackStore(manifest, folder, cache);
  }

  /** Makes sure that the files are here and intact; a kept file that has gone bad is fetched again. */
  async ensure(keys: readonly string[], onProgress: OnProgress, signal: AbortSignal): Promise<void> {
    const files = keys.map((key) => this.#file(key));
    const absent = await this.#findAbsent(files, onProgress);
    const total = absent.reduce((sum, file) => sum + file.bytes, 0);
    let loaded = 0;
    for (const file of absent) {
      const start = loaded;
      await this.#download(file, signal, (got) => {
        onProgress({ stage: 'download', loaded: start + got, total });
      });
      loaded += file.bytes;
    }
    if (this.#cache) await prune(this.#cache);
  }

  /** The bytes of a file that `ensure` has brought in. */
  async read(key: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.#file(key);
    // The browser may clear the cache at any time, also between `ensure` and here.
    return (
      this.#memory.get(file.sha256) ?? (await this.#kept(file)) ?? (await this.#download(file, signal, () => undefined))
    );
  }

  async #findAbsent(files: readonly PackFile[], onProgress: OnProgress): Promise<PackFile[]> {
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    const absent: PackFile[] = [];
    let loaded = 0;
    for (const file of files) {
      const bytes = await this.#kept(file);
      if (!bytes || !(await isIntact(bytes, file))) {
        await this.#cache?.delete(contentKey(file));
        absent.push(file);
      }
      loaded += file.bytes;
      if (absent.length < files.length) onProgress({ stage: 'verify', loaded, total });
    }
    return absent;
  }

  async #kept(file: PackFile): Promise<Uint8Array<ArrayBuffer> | null> {
    const response = await this.#cache?.match(contentKey(file));
    return response ? new Uint8Array(await response.arrayBuffer()) : null;
  }

  async #download(
    file: PackFile,
    signal: AbortSignal,
    onLoaded: (bytes: number) => void,
  ): Promise<Uint8Array<ArrayBuffer>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      let loaded = 0;
      const response = await request(this.#folder + file.path, signal);
      const bytes = await readBody(response, file.bytes, (count) => {
        loaded += count;
        onLoaded(loaded);
      }).catch((cause: unknown) => {
        throw signal.aborted ? abortedError() : unreachable(cause);
      });
      if (!(await isIntact(bytes, file))) continue;
      await this.#keep(file, bytes);
      return bytes;
    }
    throw new AppError(
      'PACK_CORRUPT',
      `The pack's file ${file.path} arrived damaged: its size or checksum is not what the manifest says.`,
      'Try again; if it stays so, tell whoever hosts this page.',
    );
  }

  async #keep(file: PackFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      if (!this.#cache) throw new Error('no cache');
      await this.#cache.put(contentKey(file), new Response(bytes));
    } catch {
      this.#memory.set(file.sha256, bytes);
    }
  }

  #file(key: string): PackFile {
    const file = this.manifest.files[key];
    if (!file) throw new Error(`The manifest has no file ${key}.`);
    return file;
  }
}

async function fetchManifest(url: string, cache: Cache | null, signal: AbortSignal): Promise<Manifest> {
  let text: string;
  try {
    text = await (await request(url, signal)).text();
  } catch (error) {
    const kept = error instanceof AppError && error.code === 'OFFLINE' ? await cache?.match(url) : undefined;
    if (!kept) throw error;
    text = await kept.text();
  }
  const manifest = parseManifest(parseJson(text));
  await cache?.put(url, new Response(text)).catch(() => undefined);
  return manifest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // parseManifest then says that the whole file is wrong.
    return undefined;
  }
}

/** Drops kept files that no kept manifest names any more: what an update of a pack leaves behind. */
async function prune(cache: Cache): Promise<void> {
  const keys = await cache.keys();
  const wanted = new Set<string>();
  for (const { url } of keys) {
    if (!url.endsWith(`/${MANIFEST}`)) continue;
    const text = await (await cache.match(url))?.text();
    for (const file of filesOf(text ?? '')) wanted.add(contentKey(file));
  }
  const stale = keys.filter(({ url }) => url.includes(CONTENT_PATH) && !wanted.has(url));
  await Promise.all(stale.map((key) => cache.delete(key)));
}

/** None for a manifest of an older format, which this version cannot load anyway. */
function filesOf(manifest: string): PackFile[] {
  try {
    return Object.values(parseManifest(parseJson(manifest)).files);
  } catch {
    return [];
  }
}
