/** The Edit view as its tests see it, and photos to bring there. */
import type { Locator, Page } from '@playwright/test';
import { decode, encode } from 'fast-png';
import { readFileSync } from 'node:fs';
import { expect, type App } from './fixtures';

type EditState = 'empty' | 'aligning' | 'ready' | 'running' | 'done' | 'error';

export const WIDTH = 300;
export const HEIGHT = 240;

/** A photo of nothing, in which every pixel differs from its neighbours. */
export function photoPixels(width = WIDTH, height = HEIGHT): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return 90 + Math.round(60 * Math.sin(x / 17 + i) * Math.cos(y / 13)) + ((x * 7 + y * 3) % 5);
  });
}

export function photoPng(width = WIDTH, height = HEIGHT): Buffer {
  return Buffer.from(encode({ width, height, channels: 3, data: photoPixels(width, height) }));
}

export const photo = (buffer = photoPng(), name = 'holiday.png', mimeType = 'image/png') => ({
  name,
  mimeType,
  buffer,
});

export class EditPage {
  readonly app: App;
  readonly page: Page;
  readonly photoFile: Locator;
  readonly cropBox: Locator;
  readonly useSquare: Locator;
  readonly aligned: Locator;
  readonly strength: Locator;
  readonly apply: Locator;
  readonly edited: Locator;

  constructor(app: App) {
    this.app = app;
    this.page = app.page;
    this.photoFile = app.page.getByLabel('Photo file');
    this.cropBox = app.page.getByRole('application', { name: 'Crop box' });
    this.useSquare = app.page.getByRole('button', { name: 'Use this square' });
    this.aligned = app.page.getByRole('img', { name: 'Aligned face' });
    this.strength = app.page.getByRole('slider', { name: 'Strength' });
    this.apply = app.page.getByRole('button', { name: 'Apply edit' });
    this.edited = app.page.getByRole('img', { name: 'Edited result' });
  }

  async open(query = '?pack=tiny&device=wasm&threads=1'): Promise<void> {
    await this.page.goto(`/${query}#edit`);
    await this.waitFor('empty');
  }

  async waitFor(state: EditState, timeout = 60_000): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-edit', state, { timeout });
  }

  /** Brings a photo and takes the square as it is: the tiny pack finds no faces. */
  async openPhoto(file = photo()): Promise<void> {
    await this.photoFile.setInputFiles(file);
    await expect(this.cropBox).toBeVisible();
    await this.useSquare.click();
    await this.waitFor('ready');
  }

  async setSteps(steps: number): Promise<void> {
    const slider = this.page.getByRole('slider', { name: 'Steps' });
    if (!(await slider.isVisible())) await this.page.getByText('Settings', { exact: true }).click();
    await slider.fill(String(steps));
  }

  async edit(words: string): Promise<void> {
    await this.app.description.fill(words);
    await this.apply.click();
    await this.waitFor('done');
    await expect(this.edited).toBeVisible();
  }

  async download(): Promise<{ name: string; png: ReturnType<typeof decode> }> {
    const downloading = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Download edited photo' }).click();
    const download = await downloading;
    return { name: download.suggestedFilename(), png: decode(readFileSync(await download.path())) };
  }

  /** The picture's file, as it is on show. */
  shown(): Promise<string> {
    return this.edited.evaluate(async (image: HTMLImageElement) => {
      const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    });
  }
}
