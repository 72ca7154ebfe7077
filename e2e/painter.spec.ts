import type { CDPSession } from '@playwright/test';
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
  MASK_SIZE,
  openPainter,
  redo,
  SKIN,
  tool,
  undo,
} from './painterPage';

test('the first visit starts with a drawn face and all 19 classes', async ({ app, page }) => {
  await openPainter(app);
  await expect(page.getByRole('radiogroup', { name: 'Classes' }).getByRole('radio')).toHaveCount(19);
  await expect(page.getByRole('radiogroup', { name: 'Tools' }).getByRole('radio')).toHaveCount(8);
  await expect(app.canvas).toHaveAccessibleDescription(/^Mask: .*Hair \d+ %.*Brush, 24 pixels wide, painting Hair\./);
  await expect(undo(page)).toBeDisabled();
});

test('the mouse draws, undo and redo walk by strokes, and a reload keeps all', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Hat').check();
  await drag(page, at(IN_CHEEK), at([250, 320]));
  await expect.poll(() => classAt(app, [220, 320])).toBe(HAT);
  await drag(page, at(IN_CORNER), at([24, 200]));
  await expect.poll(() => classAt(app, [24, 130])).toBe(HAT);
  await undo(page).click();
  await expect.poll(() => classAt(app, [24, 130])).toBe(BACKGROUND);
  expect(await classAt(app, [220, 320])).toBe(HAT);
  await app.canvas.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => classAt(app, IN_CHEEK)).toBe(SKIN);
  await redo(page).click();
  await expect.poll(() => classAt(app, IN_CHEEK)).toBe(HAT);
  const before = await keptMask(app);
  await page.reload();
  await expect(app.canvas).toHaveAccessibleDescription(/Hat \d/);
  expect(await keptMask(app)).toBe(before);
});

test('eraser, fill, pick and clear do what they say', async ({ app, page }) => {
  const at = await openPainter(app);
  await tool(page, 'Pick').check();
  await page.mouse.click(at(IN_CHEEK).x, at(IN_CHEEK).y);
  await expect(classRadio(page, 'Skin')).toBeChecked();
  await tool(page, 'Fill').check();
  await page.mouse.click(at(IN_CORNER).x, at(IN_CORNER).y);
  await expect.poll(() => classAt(app, IN_CORNER)).toBe(SKIN);
  await tool(page, 'Eraser').check();
  await page.getByRole('slider', { name: 'Brush size' }).fill('60');
  await drag(page, at(IN_HAIR), at([300, 40]));
  await expect.poll(() => classAt(app, IN_HAIR)).toBe(BACKGROUND);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(async () => /^\0+$/.test(await keptMask(app))).toBe(true);
  await undo(page).click();
  await expect.poll(() => classAt(app, IN_CHEEK)).toBe(SKIN);
});

test.describe('fingers and pens', () => {
  let cdp: CDPSession;

  test.beforeEach(async ({ page }) => {
    cdp = await page.context().newCDPSession(page);
    await cdp.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
  });

  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', points: { x: number; y: number }[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((point, id) => ({ ...point, id })) });

  const pen = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', point: { x: number; y: number }, force: number) =>
    cdp.send('Input.dispatchMouseEvent', {
      type,
      ...point,
      force,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
      pointerType: 'pen',
    });

  test('one finger draws', async ({ app }) => {
    const at = await openPainter(app);
    await touch('touchStart', [at(IN_CHEEK)]);
    for (let x = 200; x <= 260; x += 10) await touch('touchMove', [at([x, 320])]);
    await touch('touchEnd', []);
    await expect.poll(() => classAt(app, [230, 320])).toBe(HAIR);
  });

  test('a finger that the system takes away leaves no trace', async ({ app, page }) => {
    const at = await openPainter(app);
    const before = await keptMask(app);
    await touch('touchStart', [at(IN_CHEEK)]);
    await touch('touchMove', [at([240, 320])]);
    await touch('touchCancel', []);
    await expect(undo(page)).toBeDisabled();
    expect(await keptMask(app)).toBe(before);
  });

  test('two fingers zoom and draw nothing, nor does the last one to leave', async ({ app, page }) => {
    const at = await openPainter(app);
    const before = await keptMask(app);
    const zoomed = page.getByRole('status', { name: 'Zoom' });
    const fitted = await zoomed.textContent();
    const [left, right] = [at([220, 320]), at([280, 320])];
    await touch('touchStart', [left]);
    await touch('touchMove', [{ x: left.x - 8, y: left.y }]);
    await touch('touchStart', [{ x: left.x - 8, y: left.y }, right]);
    for (let i = 2; i <= 8; i++) {
      await touch('touchMove', [
        { x: left.x - 8 * i, y: left.y },
        { x: right.x + 8 * i, y: right.y },
      ]);
    }
    await touch('touchEnd', [{ x: left.x - 64, y: left.y }]);
    await touch('touchMove', [{ x: left.x - 20, y: left.y + 40 }]);
    await touch('touchEnd', []);
    await expect(zoomed).not.toHaveText(fitted ?? '');
    await expect(undo(page)).toBeDisabled();
    expect(await keptMask(app)).toBe(before);
  });

  test('a pen draws by its pressure, and from then on a finger moves the view', async ({ app, page }) => {
    const at = await openPainter(app);
    await classRadio(page, 'Hat').check();
    await pen('mousePressed', at([160, 320]), 1);
    for (let x = 170; x <= 220; x += 10) await pen('mouseMoved', at([x, 320]), 1);
    await pen('mouseReleased', at([220, 320]), 0);
    await pen('mousePressed', at([160, 420]), 0.05);
    for (let x = 170; x <= 220; x += 10) await pen('mouseMoved', at([x, 420]), 0.05);
    await pen('mouseReleased', at([220, 420]), 0);
    await expect.poll(() => classAt(app, [190, 420])).toBe(HAT);
    const mask = await keptMask(app);
    const height = (y: number) =>
      Array.from({ length: 60 }, (_, i) => mask.charCodeAt((y - 30 + i) * MASK_SIZE + 190)).filter(
        (value) => value === HAT,
      ).length;
    expect(height(320)).toBeGreaterThan(20);
    expect(height(420)).toBeLessThan(12);
    const before = await keptMask(app);
    await touch('touchStart', [at(IN_CORNER)]);
    await touch('touchMove', [at([100, 100])]);
    await touch('touchEnd', []);
    await undo(page).click();
    await redo(page).click();
    await expect.poll(() => keptMask(app)).toBe(before);
  });
});

test('a mask can be painted from the keyboard alone', async ({ app, page }) => {
  await openPainter(app);
  await classRadio(page, 'Hat').check();
  await app.canvas.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Enter');
  for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Space');
  await expect.poll(() => classAt(app, [300, 176])).toBe(HAT);
  await page.keyboard.press('e');
  await expect(tool(page, 'Eraser')).toBeChecked();
  const size = page.getByRole('slider', { name: 'Brush size' });
  const before = Number(await size.inputValue());
  await page.keyboard.press(']');
  await expect(size).toHaveValue(String(before + 2));
  await page.keyboard.press('Shift+[');
  await expect(size).toHaveValue(String(before - 8));
  // While typing, the same keys are letters.
  await app.description.fill('');
  await app.description.press('b');
  await expect(app.description).toHaveValue('b');
  await expect(tool(page, 'Eraser')).toBeChecked();
});

test('what is exported comes back to the byte', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Necklace').check();
  await drag(page, at([200, 480]), at([310, 480]));
  await expect.poll(() => classAt(app, [256, 480])).toBe(16);
  const before = await keptMask(app);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export mask' }).click();
  const file = await (await downloading).path();
  const png = decode(readFileSync(file));
  expect(png.palette).toHaveLength(19);
  expect(Buffer.from(png.data as Uint8Array).toString('latin1')).toBe(before);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(() => classAt(app, [256, 480])).toBe(BACKGROUND);
  await page.getByLabel('Mask file').setInputFiles(file);
  await expect.poll(() => keptMask(app)).toBe(before);
});

test('masks of other sizes are taken, wrong files explained, and the painting stays', async ({ app, page }) => {
  await openPainter(app);
  const before = await keptMask(app);
  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel('Mask file').setInputFiles({ name, mimeType: 'image/png', buffer });
  await choose('photo.png', Buffer.from('not a picture'));
  await expect(page.getByRole('alert')).toContainText('masks are PNG files');
  await choose(
    'bright.png',
    Buffer.from(encode({ width: 4, height: 4, channels: 1, data: new Uint8Array(16).fill(90) })),
  );
  await expect(page.getByRole('alert')).toContainText('value 90');
  expect(await keptMask(app)).toBe(before);
  await choose(
    'small.png',
    Buffer.from(encode({ width: 4, height: 4, channels: 1, data: new Uint8Array(16).fill(HAIR) })),
  );
  await expect(page.getByRole('status').filter({ hasText: 'resized from 4 to 512' })).toBeVisible();
  await expect.poll(() => classAt(app, IN_CORNER)).toBe(HAIR);
});

test('a sample replaces the mask as one step, and brings its words unless others were typed', async ({ app, page }) => {
  await openPainter(app);
  await page.getByRole('button', { name: 'Samples' }).click();
  await page.getByRole('button', { name: 'Glasses', exact: true }).click();
  await expect(app.canvas).toHaveAccessibleDescription(/Glasses \d/);
  await expect(app.description).toHaveValue(/glasses/);
  await app.description.fill('My own words.');
  await page.getByRole('button', { name: 'Bald', exact: true }).click();
  await expect(app.canvas).not.toHaveAccessibleDescription(/Glasses \d/);
  await expect(app.description).toHaveValue('My own words.');
  await undo(page).click();
  await expect(app.canvas).toHaveAccessibleDescription(/Glasses \d/);
});
