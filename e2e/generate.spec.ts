import { decode } from 'fast-png';
import { readFileSync } from 'node:fs';
import { expect, test, tinyManifest } from './fixtures';

const STEPS = 4;

test('one press loads the pack and makes a face, step by step', async ({ app, page }) => {
  await app.open();
  await expect(app.generate).toHaveAccessibleDescription(/^Downloads .* MB once/);
  await app.setSteps(STEPS);
  await app.run();
  const { size } = await app.resultPixels();
  expect(size).toBe(tinyManifest().image_size);
  await expect(app.strip.getByRole('listitem')).toHaveCount(STEPS);
  await expect(app.influence.getByRole('img', { name: /influence$/ })).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Device: WASM · 1 thread' })).toBeVisible();
  await expect(app.generate).not.toHaveAccessibleDescription(/MB/);
});

test('two threads on the built site do not hang', async ({ app, page }) => {
  await app.open('?pack=tiny&device=wasm&threads=2');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await app.setSteps(STEPS);
  await app.run();
  await page.getByRole('button', { name: 'Device: WASM · 2 threads' }).click();
  // The card says why it is this device.
  await expect(page.getByRole('group', { name: 'Device: WASM · 2 threads' })).toContainText(/Pack: .+\./);
});

test('the same seed makes the same face, another seed another', async ({ app, page }) => {
  await app.open();
  await app.setSteps(STEPS);
  await app.seed.fill('123');
  await app.run();
  const first = await app.resultPixels();
  await app.run();
  expect(await app.resultPixels()).toEqual(first);
  await page.getByRole('button', { name: 'Another seed' }).click();
  await expect(app.seed).not.toHaveValue('123');
  await app.run();
  expect(await app.resultPixels()).not.toEqual(first);
});

test('a face asked for before the sample mask is there waits for it', async ({ app, page }) => {
  await page.route('**/samples/long-hair.png', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await route.continue();
  });
  await app.open();
  await app.setSteps(2);
  await app.seed.fill('123');
  await app.run();
  const early = await app.resultPixels();
  await app.run();
  expect(await app.resultPixels()).toEqual(early);
});

test('the strip goes back and forth in the run, by pointer and by keys', async ({ app, page }) => {
  await app.open();
  await app.setSteps(STEPS);
  await app.run();
  const finished = await app.resultPixels();
  const maps = () =>
    app.influence
      .getByRole('img', { name: 'Mask influence' })
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const lastMap = await maps();
  await app.strip.getByRole('button', { name: `Step 1 of ${STEPS}` }).click();
  expect(await app.resultPixels()).not.toEqual(finished);
  expect(await maps()).not.toBe(lastMap);
  await page.keyboard.press('ArrowRight');
  await expect(app.strip.getByRole('button', { name: `Step 2 of ${STEPS}` })).toBeFocused();
  await page.keyboard.press('End');
  await expect.poll(() => app.resultPixels()).toEqual(finished);
});

test('pointing at the face reads both influences there, and they sum to one', async ({ app }) => {
  await app.open();
  await app.setSteps(2);
  await app.run();
  const box = await app.result.boundingBox();
  await app.page.mouse.move(box!.x + box!.width * 0.3, box!.y + box!.height * 0.7);
  await expect(app.influence).toContainText('At this place');
  const weights = (await app.influence.innerText()).match(/\b[01]\.\d\d\b/g)!.map(Number);
  expect(weights[0]! + weights[1]!).toBeCloseTo(1, 1);
  await app.page.mouse.move(5, 5);
  await expect(app.influence).toContainText('Whole picture');
});

test('one model alone rules everywhere and shows no maps', async ({ app, page }) => {
  await app.open();
  await app.setSteps(2);
  await app.description.fill('');
  await page.getByText('Mask only', { exact: true }).click();
  await app.run();
  await expect(app.influence.getByRole('img')).toHaveCount(0);
  await expect(app.influence).toContainText('One model ran alone');
});

test('the downloaded PNG is the picture on show and carries its recipe', async ({ app, page }) => {
  await app.open();
  await app.setSteps(2);
  await app.seed.fill('77');
  await app.description.fill('Une femme à lunettes, 笑顔.');
  await app.run();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download PNG' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('face-tiny-seed-77.png');
  const png = decode(readFileSync(await download.path()));
  const shown = await app.resultPixels();
  expect(Buffer.from(png.data as Uint8Array).equals(shown.data.filter((_, i) => i % 4 !== 3))).toBe(true);
  expect(png.text['AI-generated']).toBe('true');
  expect(JSON.parse(png.text.Recipe!)).toMatchObject({
    'AI-generated': true,
    seed: 77,
    steps: 2,
    mode: 'both',
    description: 'Une femme à lunettes, 笑顔.',
  });
});

test('cancel stops a run and leaves the page ready for the next', async ({ app }) => {
  await app.open();
  await app.setSteps(100);
  await app.generate.click();
  await expect(app.strip.getByRole('listitem').first()).toBeVisible({ timeout: 60_000 });
  await app.cancel.click();
  await app.waitFor('ready', 5000);
  await expect(app.result).toHaveCount(0);
  await expect(app.cancel).toHaveCount(0);
  await expect(app.problem).toHaveCount(0);
  expect(await app.strip.getByRole('listitem').count()).toBeLessThan(100);
  await app.setSteps(2);
  await app.run();
});
