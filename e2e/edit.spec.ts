/** From a photo to the edited photo, with the tiny pack: its weights are random, so what counts is the way there and what stays as it was. */
import type { decode } from 'fast-png';
import { expect, test } from './fixtures';
import { EditPage, HEIGHT, photoPixels, WIDTH } from './editPage';

const WORDS = 'A bald man with a beard.';

test('a photo comes in, is edited by words, and goes out whole; nothing is sent anywhere', async ({ app, page }) => {
  const sent: string[] = [];
  page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()));
  const edit = new EditPage(app);
  await edit.open();
  await expect(page.getByText('Your photo stays on this device.')).toBeVisible();
  await edit.openPhoto();
  await expect(app.canvas).toBeVisible();
  await expect(edit.aligned).toHaveJSProperty('naturalWidth', 64);
  await expect(app.description).toHaveValue(/^A .+\.$/);
  await expect(edit.apply).toBeDisabled();
  await expect(edit.apply).toHaveAccessibleDescription(/Nothing is changed yet/);
  const before = await app.description.inputValue();
  await edit.setSteps(3);
  await edit.strength.fill('0.8');
  await edit.edit(WORDS);
  const { name, png } = await edit.download();
  expect(name).toBe('holiday-edited.png');
  expect([png.width, png.height]).toEqual([WIDTH, HEIGHT]);
  expect(png.text['AI-edited']).toBe('true');
  expect(png.text.Software).toContain('Collaborative Diffusion');
  expect(JSON.parse(png.text.Recipe!)).toMatchObject({
    'AI-edited': true,
    packId: 'tiny',
    description: WORDS,
    photoDescription: before,
    strength: 0.8,
    steps: 3,
    mode: 'both',
  });
  expect(sent).toEqual([]);
});

/** RGB of a download, whatever channels it has. */
function rgb(png: ReturnType<typeof decode>): Uint8Array {
  return Uint8Array.from(png.data).filter((_, i) => png.channels === 3 || i % 4 !== 3);
}

test('outside what may change every byte stays, and a painted region is kept to', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.openPhoto();
  await edit.setSteps(3);
  await page.getByText('Painted', { exact: true }).click();
  const region = page.getByRole('application', { name: 'Region canvas' });
  await region.focus();
  await page.keyboard.press('Space');
  await edit.edit(WORDS);
  const [before, after] = [photoPixels(), rgb((await edit.download()).png)];
  const changed = [...before.keys()].filter((i) => before[i] !== after[i]);
  expect(changed.length).toBeGreaterThan(0);
  // A disc in the middle of the square, whose side is 0.65 of the photo's height, 0.42 of it down.
  for (const i of changed) {
    const [x, y] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH)];
    expect(Math.hypot(x - WIDTH / 2, y - HEIGHT * 0.42)).toBeLessThan(HEIGHT * 0.65 * 0.2);
  }
});

test('the mask is repainted over the face, and undo brings it back', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.openPhoto();
  await app.paint([0.45, 0.45], [0.55, 0.45]);
  await expect(edit.apply).toBeEnabled();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(edit.apply).toBeDisabled();
  await app.paint([0.45, 0.45], [0.55, 0.45]);
  // Repainting is nothing to the words' model alone.
  await page.getByText('Text only', { exact: true }).click();
  await expect(edit.apply).toBeDisabled();
  await page.getByRole('button', { name: 'Back to the original mask' }).click();
  await page.getByText('Both', { exact: true }).click();
  await expect(edit.apply).toBeDisabled();
});

test('strips of strengths and of models line up, and one is picked', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.openPhoto();
  await edit.setSteps(2);
  await app.description.fill(WORDS);
  await page.getByRole('button', { name: 'Eight strengths' }).click();
  await edit.waitFor('done');
  const strip = page.getByRole('list', { name: 'Edits' });
  await expect(strip.getByRole('button')).toHaveText(['30 %', '40 %', '50 %', '60 %', '70 %', '80 %', '90 %', '100 %']);
  await expect(strip.getByRole('button', { name: '70 %' })).toHaveAttribute('aria-current', 'true');
  const first = await edit.shown();
  await strip.getByRole('button', { name: '30 %' }).click();
  await expect.poll(() => edit.shown()).not.toBe(first);
  await page.getByRole('button', { name: 'Side by side' }).click();
  await expect(strip.getByRole('button')).toHaveText(['Mask only', 'Text only', 'Both'], { timeout: 60_000 });
});

test('the edit is seen beside the photo in three ways', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.openPhoto();
  await edit.setSteps(2);
  await edit.edit(WORDS);
  const before = page.getByRole('img', { name: 'Before the edit' });
  await expect(before).toHaveCount(0);
  await page.getByRole('button', { name: 'Flicker' }).hover();
  await page.mouse.down();
  await expect(before).toBeVisible();
  await page.mouse.up();
  await expect(before).toHaveCount(0);
  await page.getByText('Before, after', { exact: true }).click();
  await page.getByRole('slider', { name: 'Before and after' }).fill('30');
  await expect(before).toHaveCSS('clip-path', 'inset(0px 70% 0px 0px)');
  await page.getByText('Difference', { exact: true }).click();
  await expect(page.getByRole('img', { name: 'What has changed' })).toBeVisible();
});

test('a reload restores photo, mask, words, region and edit', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.openPhoto();
  await edit.setSteps(2);
  await app.paint([0.45, 0.45], [0.55, 0.45]);
  await edit.edit(WORDS);
  const shown = await edit.shown();
  await page.reload();
  await edit.waitFor('done');
  await expect(page.getByTitle('holiday.png')).toBeVisible();
  await expect(app.description).toHaveValue(WORDS);
  expect(await edit.shown()).toBe(shown);
  await expect(page.getByRole('button', { name: 'Back to the original mask' })).toBeEnabled();
  // What was removed is gone for good.
  await page.getByRole('button', { name: 'Remove the photo from this page' }).click();
  await edit.waitFor('empty');
  await page.reload();
  await edit.waitFor('empty');
});

test('both views keep what is theirs, and the back button goes between them', async ({ app, page }) => {
  await app.open();
  await app.description.fill('An old woman.');
  await app.paint([0.45, 0.45], [0.55, 0.45]);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await expect(undo).toBeEnabled();
  const painted = async () => Buffer.from((await app.storedMask())!.bytes).toString('base64');
  const kept = await painted();
  await page.getByRole('link', { name: 'Edit' }).click();
  const edit = new EditPage(app);
  await edit.openPhoto();
  await expect(undo).toBeDisabled();
  await app.paint([0.3, 0.3], [0.6, 0.6]);
  await expect(undo).toBeEnabled();
  await page.goBack();
  await expect(app.description).toHaveValue('An old woman.');
  await expect(undo).toBeEnabled();
  expect(await painted()).toBe(kept);
  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(undo).toBeEnabled();
  await expect(edit.aligned).toBeVisible();
});

test('cancel ends an edit, and what was there stays', async ({ app }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.openPhoto();
  await edit.setSteps(100);
  await app.description.fill(WORDS);
  await edit.apply.click();
  await expect(app.page.getByRole('img', { name: 'Live preview' })).toBeVisible({ timeout: 60_000 });
  await edit.waitFor('running');
  await app.cancel.click();
  await edit.waitFor('ready', 5000);
  await expect(app.description).toHaveValue(WORDS);
  await expect(app.problem).toHaveCount(0);
});

test('an empty description is refused where words are read', async ({ app }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.openPhoto();
  await app.description.fill('');
  await edit.apply.click();
  await expect(app.problem).toContainText('DESCRIPTION_EMPTY');
  await edit.waitFor('error');
});
