import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LoadProgress } from '../shared/types';
import { PackStore } from './packStore';

const FOLDER = 'https://packs.example/tiny/';
const NEVER = new AbortController().signal;
const KEYS = ['encoder', 'denoiser', 'decoder'];
const ignore = (): void => undefined;

type Files = Record<string, Uint8Array<ArrayBuffer>>;

function makeFiles(fill: number): Files {
  return Object.fromEntries(KEYS.map((key, i) => [key, new Uint8Array(1000 * (i + 1)).fill(fill + i)]));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function makeManifest(files: Files): Promise<string> {
  const entries = Object.entries(files).map(async ([key, bytes]) => {
    return [key, { path: `${key}.onnx`, bytes: bytes.length, sha256: await sha256(bytes) }] as const;
  });
  return JSON.stringify({
    format: 1,
    id: 'tiny',
    title: 'Tiny',
    description: '',
    licence: 'none',
    image_size: 8,
    latent: { shape: [1, 2, 2], clip: 4 },
    schedule: { alphas_cumprod: [0.9, 0.1], prediction: 'v' },
    collaborators: [
      {
        id: 'mask',
        label: 'Mask',
        condition: { kind: 'class_mask', size: 4, classes: 19 },
        encoder: 'encoder',
        denoiser: 'denoiser',
        guidance: 1,
        influence_schedule: 'none',
        influence_scale: 1,
      },
    ],
    codec: { decoder: 'decoder', preview: 'decoder', preview_size: 8 },
    defaults: { steps: 1, eta: 0 },
    files: Object.fromEntries(await Promise.all(entries)),
  });
}

/** A server in place of `fetch`: what it serves can be changed, and it counts what was asked for. */
async function serve(files: Files) {
  const bodies = new Map<string, () => Response>();
  const requested: string[] = [];
  const put = (name: string, body: string | Uint8Array<ArrayBuffer>): void => {
    bodies.set(FOLDER + name, () => new Response(body, { headers: { 'content-type': 'application/octet-stream' } }));
  };
  put('manifest.json', await makeManifest(files));
  for (const [key, bytes] of Object.entries(files)) put(`${key}.onnx`, bytes);
  const server = { bodies, requested, put, isOnline: true };
  vi.stubGlobal('fetch', (url: string, { signal }: RequestInit) => {
    if (signal?.aborted) return Promise.reject(new DOMException('aborted', 'AbortError'));
    if (!server.isOnline) return Promise.reject(new TypeError('Failed to fetch'));
    requested.push(url.slice(FOLDER.length));
    return Promise.resolve(bodies.get(url)?.() ?? new Response('', { status: 404 }));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return server;
}

async function visit(onProgress: (progress: LoadProgress) => void = ignore): Promise<PackStore> {
  const store = await PackStore.open(FOLDER, NEVER);
  await store.ensure(KEYS, onProgress, NEVER);
  return store;
}

async function keptContent(): Promise<Request[]> {
  const cache = await caches.open('packs-v1');
  return (await cache.keys()).filter(({ url }) => !url.endsWith('manifest.json'));
}

beforeEach(async () => {
  await caches.delete('packs-v1');
});

describe('PackStore', () => {
  it('downloads each file once, with honest progress, and gives its bytes', async () => {
    const files = makeFiles(1);
    const server = await serve(files);
    const seen: LoadProgress[] = [];
    const store = await visit((progress) => seen.push(progress));
    expect(server.requested).toEqual(['manifest.json', 'encoder.onnx', 'denoiser.onnx', 'decoder.onnx']);
    const loaded = seen.filter(({ stage }) => stage === 'download').map((progress) => progress.loaded);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toEqual({ stage: 'download', loaded: 6000, total: 6000 });
    for (const key of KEYS) expect(await store.read(key, NEVER)).toEqual(files[key]);
  });

  it('needs no network on a second visit', async () => {
    const server = await serve(makeFiles(1));
    await visit();
    server.isOnline = false;
    const store = await visit();
    expect(await store.read('decoder', NEVER)).toEqual(makeFiles(1).decoder);
  });

  it('fetches a kept file that has gone bad once more, and only that one', async () => {
    const server = await serve(makeFiles(1));
    await visit();
    const cache = await caches.open('packs-v1');
    const [, second] = await keptContent();
    await cache.put(second!, new Response(new Uint8Array(2000)));
    server.requested.length = 0;
    const store = await visit();
    expect(server.requested).toHaveLength(2);
    for (const key of KEYS) expect(await store.read(key, NEVER)).toEqual(makeFiles(1)[key]);
  });

  it('fetches again when the browser clears the cache in between', async () => {
    await serve(makeFiles(1));
    const store = await visit();
    await caches.delete('packs-v1');
    expect(await store.read('denoiser', NEVER)).toEqual(makeFiles(1).denoiser);
  });

  it('forgives one damaged download', async () => {
    const server = await serve(makeFiles(1));
    const good = server.bodies.get(`${FOLDER}denoiser.onnx`)!;
    let attempts = 0;
    server.bodies.set(`${FOLDER}denoiser.onnx`, () => (attempts++ === 0 ? new Response('short') : good()));
    await visit();
    expect(attempts).toBe(2);
  });

  it.each([
    ['too short', new Uint8Array(1999)],
    ['too long', new Uint8Array(5000)],
    ['of the right size but wrong', new Uint8Array(2000)],
  ])('says which file is damaged when it stays %s', async (_, bytes) => {
    const server = await serve(makeFiles(1));
    server.put('denoiser.onnx', bytes);
    await expect(visit()).rejects.toMatchObject({
      code: 'PACK_CORRUPT',
      message: expect.stringContaining('denoiser.onnx'),
    });
    expect(await keptContent()).toHaveLength(1);
  });

  it('drops what an update leaves behind', async () => {
    await serve(makeFiles(1));
    await visit();
    const update = { ...makeFiles(1), decoder: new Uint8Array(500).fill(9) };
    const server = await serve(update);
    const store = await visit();
    expect(server.requested).toEqual(['manifest.json', 'decoder.onnx']);
    expect(await keptContent()).toHaveLength(3);
    expect(await store.read('decoder', NEVER)).toEqual(update.decoder);
  });

  it('is not stopped by a kept manifest of another format', async () => {
    await serve(makeFiles(1));
    const cache = await caches.open('packs-v1');
    await cache.put('https://packs.example/old/manifest.json', new Response('{"format":0}'));
    await visit();
    expect(await keptContent()).toHaveLength(3);
  });

  it('works from memory where the browser refuses to keep anything', async () => {
    const server = await serve(makeFiles(1));
    vi.spyOn(caches, 'open').mockRejectedValue(new DOMException('denied', 'SecurityError'));
    onTestFinished(() => void vi.restoreAllMocks());
    const store = await visit();
    server.isOnline = false;
    expect(await store.read('decoder', NEVER)).toEqual(makeFiles(1).decoder);
  });

  it('tells a missing pack, a missing file and a missing network apart', async () => {
    const server = await serve(makeFiles(1));
    server.bodies.delete(`${FOLDER}decoder.onnx`);
    await expect(visit()).rejects.toMatchObject({ code: 'PACK_MISSING', message: expect.stringContaining('decoder') });
    // What a single-page server says about a file it does not have.
    const page = () => new Response('<html>', { headers: { 'content-type': 'text/html' } });
    server.bodies.set(`${FOLDER}manifest.json`, page);
    await expect(visit()).rejects.toMatchObject({ code: 'PACK_MISSING' });
    server.bodies.set(`${FOLDER}manifest.json`, () => new Response('', { status: 503 }));
    await caches.delete('packs-v1');
    await expect(visit()).rejects.toMatchObject({ code: 'OFFLINE' });
    server.isOnline = false;
    await expect(visit()).rejects.toMatchObject({ code: 'OFFLINE' });
  });

  it('refuses a manifest that is no JSON or lacks a field', async () => {
    const server = await serve(makeFiles(1));
    server.put('manifest.json', '{');
    await expect(visit()).rejects.toMatchObject({ code: 'PACK_INVALID' });
    server.put('manifest.json', JSON.stringify({ format: 1 }));
    await expect(visit()).rejects.toMatchObject({ code: 'PACK_INVALID', message: expect.stringContaining('id') });
  });

  it('stops when told to', async () => {
    await serve(makeFiles(1));
    const store = await PackStore.open(FOLDER, NEVER);
    await expect(store.ensure(KEYS, ignore, AbortSignal.abort())).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
