import { afterEach, expect, test, vi } from 'vitest';
import { findPack } from './findPack';

const BASE = 'https://example.test/site/';
const signal = new AbortController().signal;

afterEach(() => vi.unstubAllGlobals());

function answer(body: string, status = 200) {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(body, { status })),
  );
}

test('a named pack needs no request', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no request expected')));
  expect(await findPack('nano', BASE, signal)).toBe('https://example.test/site/packs/nano/');
});

test('without a name the site says which', async () => {
  answer('{"default": "base"}');
  expect(await findPack(null, BASE, signal)).toBe('https://example.test/site/packs/base/');
});

test.each(['../secret', 'a/b', '', 'https://elsewhere.test'])('%j is refused as a name', async (name) => {
  await expect(findPack(name, BASE, signal)).rejects.toMatchObject({ code: 'PACK_INVALID' });
});

test('a missing, a broken and an unreachable default each have their own error', async () => {
  answer('', 404);
  await expect(findPack(null, BASE, signal)).rejects.toMatchObject({ code: 'PACK_MISSING' });
  answer('<html>');
  await expect(findPack(null, BASE, signal)).rejects.toMatchObject({ code: 'PACK_INVALID' });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(findPack(null, BASE, signal)).rejects.toMatchObject({ code: 'OFFLINE' });
});
