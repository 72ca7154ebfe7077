/** A photo of a face with the shipped pack, end to end: it is found, read, and edited where the words say, and nowhere else. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EditPage, photo } from './editPage';
import { expect, test } from './fixtures';

/** Made by the pack itself: a face in a square of 420 px around (510, 360), turned by 12° clockwise, on a plain ground. */
const PORTRAIT = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'pictures/portrait.jpg'));
const FACE = { x: 510, y: 360, size: 420 };
const RUN_MS = 240_000;
/** Levels of 255: what blond instead of black hair must at least bring, on average over the upper part of the head. */
const LEAST_BRIGHTER = 8;

test.setTimeout(RUN_MS + 120_000);

/** RGBA of a picture file as the browser reads it. */
async function decoded(edit: EditPage, base64: string): Promise<{ width: number; data: number[] }> {
  return edit.page.evaluate(async (file) => {
    const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: 'none' });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    return { width: bitmap.width, data: Array.from(context.getImageData(0, 0, bitmap.width, bitmap.height).data) };
  }, base64);
}

test('a turned face is found, described, made blond where its hair is, and all else stays to the byte', async ({
  app,
}) => {
  const edit = new EditPage(app);
  await edit.open('?device=wasm&threads=2');
  await edit.photoFile.setInputFiles(photo(PORTRAIT, 'portrait.jpg', 'image/jpeg'));
  await edit.waitFor('ready', RUN_MS);
  await expect(edit.aligned).toHaveJSProperty('naturalWidth', 256);
  await expect(app.description).toHaveValue(/^A .*(black|brown) hair.*\.$/);
  const words = await app.description.inputValue();
  await edit.strength.fill('0.9');
  await app.description.fill(words.replace(/black|brown/, 'blond'));
  await edit.apply.click();
  await edit.waitFor('done', RUN_MS);
  const { png, name } = await edit.download();
  expect(name).toBe('portrait-edited.png');
  const before = await decoded(edit, PORTRAIT.toString('base64'));
  expect([png.width, png.width * png.height * 4]).toEqual([before.width, before.data.length]);
  let touched = 0;
  let brighter = 0;
  let count = 0;
  for (let pixel = 0; pixel < before.data.length / 4; pixel++) {
    const [dx, dy] = [(pixel % png.width) - FACE.x, Math.floor(pixel / png.width) - FACE.y];
    const was = before.data.slice(pixel * 4, pixel * 4 + 3);
    const is = Array.from(png.data.slice(pixel * png.channels, pixel * png.channels + 3));
    // Beyond half its diagonal nothing belongs to the face's square, wherever exactly it was found.
    if (Math.hypot(dx, dy) > FACE.size * 0.75 && is.some((value, c) => value !== was[c])) touched += 1;
    if (dy < -0.2 * FACE.size && dy > -0.4 * FACE.size && Math.abs(dx) < 0.2 * FACE.size) {
      brighter += is.reduce((sum, value, c) => sum + value - was[c]!, 0) / 3;
      count += 1;
    }
  }
  expect(touched).toBe(0);
  expect(brighter / count).toBeGreaterThan(LEAST_BRIGHTER);
});
