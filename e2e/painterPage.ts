/** The painter as its tests see it: places on the mask, the mask as it is kept, and the tools by their accessible names. */
import type { Page } from '@playwright/test';
import { expect, type App } from './fixtures';

export const MASK_SIZE = 512;
export const BACKGROUND = 0;
export const SKIN = 1;
export const HAIR = 13;
export const HAT = 14;
/** On the first sample: hair above the forehead, the middle of a cheek, and a corner that is background. */
export const IN_HAIR = [256, 40] as const;
export const IN_CHEEK = [190, 320] as const;
export const IN_CORNER = [24, 60] as const;

export type MaskPoint = readonly [x: number, y: number];

/** Client coordinates of mask points under the view that shows the whole mask. */
async function placer(app: App): Promise<(point: MaskPoint) => { x: number; y: number }> {
  const box = (await app.canvas.boundingBox())!;
  const shorter = Math.min(box.width, box.height);
  const scale = (shorter - 2 * Math.min(shorter * 0.03, 24)) / MASK_SIZE;
  const [left, top] = [(box.width - MASK_SIZE * scale) / 2, (box.height - MASK_SIZE * scale) / 2];
  return ([x, y]) => ({ x: box.x + left + x * scale, y: box.y + top + y * scale });
}

export async function openPainter(app: App): Promise<(point: MaskPoint) => { x: number; y: number }> {
  await app.open();
  await expect.poll(() => classAt(app, IN_HAIR)).toBe(HAIR);
  return placer(app);
}

/** The mask as the page keeps it, one character a pixel: a string travels and compares far quicker than as many numbers. */
export async function keptMask({ page }: App): Promise<string> {
  return page.evaluate(async () => {
    const settle = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('No database.')));
      });
    // Opening a database that the page has not made yet would make an empty one in its place.
    const name = 'collaborative-diffusion';
    if ((await indexedDB.databases()).every((database) => database.name !== name)) return '';
    const db = await settle(indexedDB.open(name));
    const record = await settle<{ bytes: Uint8Array } | undefined>(
      db.transaction('masks').objectStore('masks').get('current'),
    );
    db.close();
    return record ? new TextDecoder('latin1').decode(record.bytes) : '';
  });
}

export async function classAt(app: App, [x, y]: MaskPoint): Promise<number> {
  return (await keptMask(app)).charCodeAt(y * MASK_SIZE + x);
}

export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 10 });
  await page.mouse.up();
}

export const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true });
export const redo = (page: Page) => page.getByRole('button', { name: 'Redo', exact: true });
export const tool = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Tools' }).getByRole('radio', { name });
export const classRadio = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Classes' }).getByRole('radio', { name, exact: true });
