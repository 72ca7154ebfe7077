/** What every spec starts from: the page's parts by their accessible names, the tiny pack, and a watch on the network. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A pack of random weights, a few hundred kilobytes: right in form, quick, and no part of the site. */
export const TINY_PACK = join(dirname(fileURLToPath(import.meta.url)), '../models/contracts/fixtures/tiny-pack');

export interface TinyManifest {
  image_size: number;
  defaults: { steps: number };
  files: Record<string, { path: string; bytes: number; sha256: string }>;
}

export const tinyManifest = (): TinyManifest => JSON.parse(readFileSync(join(TINY_PACK, 'manifest.json'), 'utf8'));

/** A file of the tiny pack put in another's place; `null` makes it missing. */
export type Replaced = Record<string, Buffer | null>;

export class App {
  readonly page: Page;
  readonly generate: Locator;
  readonly cancel: Locator;
  readonly description: Locator;
  readonly steps: Locator;
  readonly seed: Locator;
  readonly canvas: Locator;
  readonly result: Locator;
  readonly strip: Locator;
  readonly influence: Locator;
  readonly problem: Locator;

  constructor(page: Page) {
    this.page = page;
    this.generate = page.getByRole('button', { name: 'Generate', exact: true });
    this.cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    this.description = page.getByRole('textbox', { name: 'Description' });
    this.steps = page.getByRole('slider', { name: 'Steps' });
    this.seed = page.getByRole('textbox', { name: 'Seed' });
    this.canvas = page.getByRole('application', { name: 'Mask canvas' });
    this.result = page.getByRole('img', { name: 'Result', exact: true });
    this.strip = page.getByRole('list', { name: 'Steps strip' });
    this.influence = page.getByRole('group', { name: 'Influence maps' });
    this.problem = page.getByRole('alert').filter({ hasText: /[A-Z]+_[A-Z]+|OFFLINE/ });
  }

  /** Serves the tiny pack at `/packs/tiny/`, with some files put in others' places. */
  async serveTinyPack(replaced: Replaced = {}): Promise<void> {
    await this.page.unroute('**/packs/tiny/*');
    await this.page.route('**/packs/tiny/*', async (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
      const other = replaced[name];
      if (other === null) await route.fulfill({ status: 404, body: 'Not found' });
      else await route.fulfill({ body: other ?? readFileSync(join(TINY_PACK, name)) });
    });
  }

  /** Opens the page with the tiny pack on WASM, or with other switches. */
  async open(query = '?pack=tiny&device=wasm&threads=1'): Promise<void> {
    await this.page.goto(`/${query}`);
    await expect(this.canvas).toBeVisible();
  }

  async setSteps(steps: number): Promise<void> {
    await this.steps.fill(String(steps));
  }

  async waitFor(engine: 'empty' | 'loading' | 'ready' | 'running' | 'error', timeout = 60_000): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-engine', engine, { timeout });
  }

  /** Presses Generate and waits for the finished picture. */
  async run(timeout = 60_000): Promise<void> {
    await this.generate.click();
    await this.waitFor('ready', timeout);
    await expect(this.result).toBeVisible();
  }

  /** One stroke across the canvas, as fractions of its box. */
  async paint(from: [number, number], to: [number, number]): Promise<void> {
    const box = await this.canvas.boundingBox();
    if (!box) throw new Error('The canvas has no box.');
    const at = ([x, y]: [number, number]): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await this.page.mouse.move(...at(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...at(to), { steps: 12 });
    await this.page.mouse.up();
  }

  /** The mask as the page keeps it for the next visit. */
  async storedMask(): Promise<{ bytes: Uint8Array; size: number } | null> {
    const stored = await this.page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('collaborative-diffusion');
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('No database.')));
      });
      const record = await new Promise<{ bytes: Uint8Array; size: number } | undefined>((resolve) => {
        const request = db.transaction('masks').objectStore('masks').get('current');
        request.addEventListener('success', () => resolve(request.result));
      });
      db.close();
      if (!record) return null;
      // As text: a quarter of a million numbers one by one would take the test's channel seconds.
      let binary = '';
      const CHUNK = 0x8000;
      for (let i = 0; i < record.bytes.length; i += CHUNK) {
        binary += String.fromCharCode(...record.bytes.subarray(i, i + CHUNK));
      }
      return { base64: btoa(binary), size: record.size };
    });
    return stored ? { bytes: new Uint8Array(Buffer.from(stored.base64, 'base64')), size: stored.size } : null;
  }

  /** Does what changes the mask, and waits until it is kept: a run would still take the old one. @returns the kept bytes */
  async changeMask(act: () => Promise<void>): Promise<Uint8Array> {
    await expect.poll(() => this.storedMask()).not.toBeNull();
    const before = (await this.storedMask())!.bytes;
    await act();
    await expect.poll(async () => Buffer.from(before).equals((await this.storedMask())!.bytes)).toBe(false);
    return (await this.storedMask())!.bytes;
  }

  /** RGBA of the picture on show, at its own size. */
  async resultPixels(): Promise<{ data: Buffer; size: number }> {
    const { base64, size } = await this.result.evaluate((element: HTMLImageElement | HTMLCanvasElement) => {
      const size = element instanceof HTMLImageElement ? element.naturalWidth : element.width;
      const context = new OffscreenCanvas(size, size).getContext('2d')!;
      context.drawImage(element, 0, 0);
      const { data } = context.getImageData(0, 0, size, size);
      let binary = '';
      const CHUNK = 0x8000;
      for (let i = 0; i < data.length; i += CHUNK) binary += String.fromCharCode(...data.subarray(i, i + CHUNK));
      return { base64: btoa(binary), size };
    });
    return { data: Buffer.from(base64, 'base64'), size };
  }
}

/** Every test also proves that no request leaves the site and that nothing was thrown on the page. */
export const test = base.extend<{ app: App }>({
  app: async ({ page, baseURL }, use) => {
    const strangers: string[] = [];
    const thrown: string[] = [];
    page.context().on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (!['blob:', 'data:'].includes(protocol) && origin !== baseURL) strangers.push(request.url());
    });
    page.on('pageerror', (error) => thrown.push(error.message));
    const app = new App(page);
    await app.serveTinyPack();
    await use(app);
    expect(strangers, 'requests that left the site').toEqual([]);
    expect(thrown, 'errors on the page').toEqual([]);
  },
});

export { expect };
