import { decode, encode } from 'fast-png';
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures';
import {
  BACKGROUND,
  classAt,
  classRadio,
  drag,
  HAIR,
  HAT,
  IN_CHEEK,
  IN_CORNER,
  IN_HAIR,
  keptMask,
  openPainter,
  tool,
  undo,
} from './painterPage';

const LEFT_EYE = 4;
const RIGHT_EYE = 5;
const GLASSES = 3;
/** Our class index → that of BiSeNet's parsers, which many tools write. */
const TO_BISENET = [0, 1, 10, 6, 4, 5, 2, 3, 7, 8, 11, 12, 13, 17, 18, 9, 15, 14, 16];

test('the eraser clears to background, or brings the loaded mask back, also after a reload', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Hat').check();
  await drag(page, at([150, 40]), at([360, 40]));
  await expect.poll(() => classAt(app, IN_HAIR)).toBe(HAT);
  await page.reload();
  await expect(app.canvas).toHaveAccessibleDescription(/Hat \d/);
  await tool(page, 'Eraser').check();
  await page.getByRole('radio', { name: 'To original' }).check();
  await drag(page, at([240, 40]), at([270, 40]));
  await expect.poll(() => classAt(app, IN_HAIR)).toBe(HAIR);
  expect(await classAt(app, [160, 40])).toBe(HAT);
  await page.getByRole('radio', { name: 'To background' }).check();
  await drag(page, at([240, 40]), at([270, 40]));
  await expect.poll(() => classAt(app, IN_HAIR)).toBe(BACKGROUND);
});

test('mirrored strokes land on the other side of a movable axis, as the partner class', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Left eye').check();
  await page.getByRole('button', { name: 'Paint both sides' }).click();
  await page.getByRole('button', { name: 'Mirror', exact: true }).click();
  const axis = page.getByRole('slider', { name: 'Mirror axis' });
  await axis.fill('200');
  await page.keyboard.press('Escape');
  await page.mouse.click(at([300, 330]).x, at([300, 330]).y);
  await expect.poll(() => classAt(app, [300, 330])).toBe(LEFT_EYE);
  expect(await classAt(app, [100, 330])).toBe(RIGHT_EYE);
});

test('a locked class is never painted over, nor is what the rule leaves out', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Hat').check();
  const across = () => drag(page, at([60, 40]), at([256, 250]));
  // A class's switches show under the mouse.
  await classRadio(page, 'Hair').hover();
  await page.getByRole('button', { name: 'Lock Hair' }).click();
  await across();
  await expect(undo(page)).toBeEnabled();
  const locked = Buffer.from(await keptMask(app), 'latin1');
  await undo(page).click();
  await expect(undo(page)).toBeDisabled();
  const before = Buffer.from(await keptMask(app), 'latin1');
  expect(before.every((value, i) => value !== HAIR || locked[i] === HAIR)).toBe(true);
  expect(locked.includes(HAT)).toBe(true);
  await page.getByRole('button', { name: 'Lock Hair' }).click();
  await page.getByRole('button', { name: 'Rules', exact: true }).click();
  await page.getByRole('radio', { name: 'Chosen classes' }).check();
  const group = page.getByRole('group', { name: 'May be painted over' });
  for (const box of await group.getByRole('checkbox', { checked: true }).all()) await box.uncheck();
  await group.getByRole('checkbox', { name: 'Hair', exact: true }).check();
  await page.keyboard.press('Escape');
  await across();
  await expect.poll(async () => Buffer.from(await keptMask(app), 'latin1').includes(HAT)).toBe(true);
  const ruled = Buffer.from(await keptMask(app), 'latin1');
  expect(ruled.every((value, i) => value === before[i] || (before[i] === HAIR && value === HAT))).toBe(true);
});

test('classes are found by name and by key, and hidden ones stay in the mask', async ({ app, page }) => {
  await openPainter(app);
  const before = await keptMask(app);
  const classes = page.getByRole('radiogroup', { name: 'Classes' });
  const search = page.getByRole('searchbox', { name: 'Find a class' });
  await search.fill('lip');
  await expect(classes.getByRole('radio')).toHaveCount(2);
  await search.press('Enter');
  await expect(classRadio(page, 'Upper lip')).toBeChecked();
  await search.fill('');
  await expect(classes.getByRole('radio')).toHaveCount(19);
  await app.canvas.focus();
  await page.keyboard.press('6');
  await expect(classRadio(page, 'Hat')).toBeChecked();
  await page.keyboard.press('x');
  await expect(classRadio(page, 'Upper lip')).toBeChecked();
  await classRadio(page, 'Hair').hover();
  await page.getByRole('button', { name: 'Hide Hair' }).click();
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('radio', { name: 'Patterns' }).check();
  await expect(page.getByText('Hidden: Hair.')).toBeVisible();
  expect(await keptMask(app)).toBe(before);
});

test('specks go, holes are filled, and a part fits itself to the face', async ({ app, page }) => {
  const at = await openPainter(app);
  const before = await keptMask(app);
  const speck = at([470, 60]);
  await page.getByRole('slider', { name: 'Brush size' }).fill('4');
  await page.mouse.click(speck.x, speck.y);
  await expect.poll(() => classAt(app, [470, 60])).toBe(HAIR);
  await page.getByRole('button', { name: 'Clean up' }).click();
  await page.getByRole('button', { name: /^Remove specks/ }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => keptMask(app)).toBe(before);
  await tool(page, 'Eraser').check();
  await page.getByRole('slider', { name: 'Brush size' }).fill('12');
  await page.mouse.click(at(IN_HAIR).x, at(IN_HAIR).y);
  await expect.poll(() => classAt(app, IN_HAIR)).toBe(BACKGROUND);
  await page.getByRole('button', { name: 'Clean up' }).click();
  await page.getByRole('button', { name: /^Fill holes/ }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => classAt(app, IN_HAIR)).toBe(HAIR);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('list', { name: 'Parts' }).getByRole('button', { name: 'Glasses', exact: true }).click();
  await expect(app.canvas).toHaveAccessibleDescription(/Glasses \d/);
  const worn = Buffer.from(await keptMask(app), 'latin1');
  const old = Buffer.from(before, 'latin1');
  expect(worn.includes(GLASSES)).toBe(true);
  expect(old.every((value, i) => ![LEFT_EYE, RIGHT_EYE].includes(value) || worn[i] === value)).toBe(true);
});

test('class numbers in BiSeNet’s order are recognised, and the reading can be changed', async ({ app, page }) => {
  await openPainter(app);
  const before = Buffer.from(await keptMask(app), 'latin1');
  const bisenet = encode({
    width: 512,
    height: 512,
    channels: 1,
    data: Uint8Array.from(before, (c) => TO_BISENET[c]!),
  });
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page
    .getByLabel('Mask file')
    .setInputFiles({ name: 'parsed.png', mimeType: 'image/png', buffer: Buffer.from(bisenet) });
  await expect.poll(() => keptMask(app)).toBe(before.toString('latin1'));
  await page.getByRole('button', { name: /CelebAMask order/ }).click();
  await expect.poll(() => classAt(app, IN_HAIR)).toBe(TO_BISENET[HAIR]!);
  await page.getByRole('button', { name: /BiSeNet order/ }).click();
  await expect.poll(() => keptMask(app)).toBe(before.toString('latin1'));
});

test('class numbers and the clipboard are ways out that come back to the byte', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPainter(app);
  const before = await keptMask(app);
  const more = page.getByRole('button', { name: 'More formats' });
  await more.click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export indices' }).click();
  const png = decode(readFileSync(await (await downloading).path()));
  expect(png.channels).toBe(1);
  expect(Buffer.from(png.data as Uint8Array).toString('latin1')).toBe(before);
  if (!(await page.getByRole('button', { name: 'Copy mask' }).isVisible())) await more.click();
  await page.getByRole('button', { name: 'Copy mask' }).click();
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read())[0]?.types))
    .toContain('image/png');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(() => classAt(app, IN_CHEEK)).toBe(BACKGROUND);
  await app.canvas.focus();
  await page.keyboard.press('Control+v');
  await expect.poll(() => keptMask(app)).toBe(before);
});

test('a picture that is no mask can go underneath, and the mask stays', async ({ app, page }) => {
  await openPainter(app);
  const before = await keptMask(app);
  const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251);
  const photo = Buffer.from(encode({ width: 64, height: 64, channels: 3, data: noise }));
  await page.getByLabel('Mask file').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
  await page.getByRole('button', { name: 'Put it underneath' }).click();
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Own picture' })).toBeChecked();
  expect(await keptMask(app)).toBe(before);
});

test('the help lists every key of page and painter', async ({ app, page }) => {
  await app.open();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys and help' });
  for (const name of ['Generate a face', 'Lasso', 'Polygon', 'Larger brush', 'Swap the last two classes', 'Undo']) {
    await expect(help.getByText(name, { exact: true })).toBeVisible();
  }
});

test('a stroke survives a crash of the page', async ({ app, page, context }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Hat').check();
  await drag(page, at(IN_CORNER), at([24, 200]));
  await expect.poll(() => classAt(app, [24, 130])).toBe(HAT);
  // No pagehide, no unload: the renderer is gone.
  await page.goto('chrome://crash').catch(() => undefined);
  const next = await context.newPage();
  await next.goto('/?pack=tiny&device=wasm&threads=1');
  await expect(next.getByRole('application', { name: 'Mask canvas' })).toHaveAccessibleDescription(/Hat \d/);
});
