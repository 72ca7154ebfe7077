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
  keptMask,
  openPainter,
  SKIN,
  tool,
  undo,
} from './painterPage';

/** A place in the picture's upper right that is background on the first sample, with room around it. */
const ROOM = [470, 90] as const;

test('a lasso fills what it went around, as one step', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Hat').check();
  await tool(page, 'Lasso').check();
  await page.mouse.move(at([440, 60]).x, at([440, 60]).y);
  await page.mouse.down();
  for (const corner of [
    [500, 60],
    [500, 120],
    [440, 120],
  ] as const) {
    await page.mouse.move(at(corner).x, at(corner).y, { steps: 5 });
  }
  await page.mouse.up();
  await expect.poll(() => classAt(app, ROOM)).toBe(HAT);
  expect(await classAt(app, [425, 60])).toBe(BACKGROUND);
  await undo(page).click();
  await expect.poll(() => classAt(app, ROOM)).toBe(BACKGROUND);
  await expect(undo(page)).toBeDisabled();
});

test('a polygon is closed by Enter, and Escape or undo takes an open one back alone', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Hat').check();
  const corners = async () => {
    for (const corner of [
      [440, 60],
      [500, 60],
      [500, 120],
      [440, 120],
    ] as const) {
      await page.mouse.click(at(corner).x, at(corner).y);
    }
  };
  // With nothing to undo yet, Ctrl+Z still takes the open polygon back.
  await tool(page, 'Polygon').check();
  await corners();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await tool(page, 'Brush').check();
  await drag(page, at(IN_CHEEK), at([230, 320]));
  await expect.poll(() => classAt(app, IN_CHEEK)).toBe(HAT);
  expect(await classAt(app, ROOM)).toBe(BACKGROUND);
  await tool(page, 'Polygon').check();
  await corners();
  await page.keyboard.press('Escape');
  await corners();
  await page.keyboard.press('Control+z');
  expect(await classAt(app, IN_CHEEK)).toBe(HAT);
  expect(await classAt(app, ROOM)).toBe(BACKGROUND);
  await corners();
  await page.keyboard.press('Enter');
  await expect.poll(() => classAt(app, ROOM)).toBe(HAT);
});

test('an ellipse fills the box it was drawn in, Shift makes it a circle', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Hat').check();
  await tool(page, 'Ellipse').check();
  await drag(page, at([440, 40]), at([500, 140]));
  await expect.poll(() => classAt(app, ROOM)).toBe(HAT);
  expect(await classAt(app, [470, 45])).toBe(HAT);
  expect(await classAt(app, [443, 43])).toBe(BACKGROUND);
  await undo(page).click();
  await expect.poll(() => classAt(app, ROOM)).toBe(BACKGROUND);
  await page.keyboard.down('Shift');
  await drag(page, at([390, 40]), at([420, 140]));
  await page.keyboard.up('Shift');
  await expect(undo(page)).toBeEnabled();
  await expect.poll(async () => Buffer.from(await keptMask(app), 'latin1').includes(HAT)).toBe(true);
  const mask = Buffer.from(await keptMask(app), 'latin1');
  const hat = Array.from(mask.keys()).filter((i) => mask[i] === HAT);
  const columns = hat.map((i) => i % 512);
  const rows = hat.map((i) => Math.floor(i / 512));
  const width = Math.max(...columns) - Math.min(...columns);
  const height = Math.max(...rows) - Math.min(...rows);
  expect(Math.abs(width - height)).toBeLessThanOrEqual(2);
});

test('Shift draws straight on from the last stroke', async ({ app, page }) => {
  const at = await openPainter(app);
  await classRadio(page, 'Hat').check();
  await page.mouse.click(at(IN_CORNER).x, at(IN_CORNER).y);
  await expect.poll(() => classAt(app, IN_CORNER)).toBe(HAT);
  await page.keyboard.down('Shift');
  await page.mouse.click(at([24, 300]).x, at([24, 300]).y);
  await page.keyboard.up('Shift');
  await expect.poll(() => classAt(app, [24, 180])).toBe(HAT);
});

test('Alt picks on a press and sizes the brush on a drag; Ctrl and the wheel size it too', async ({ app, page }) => {
  const at = await openPainter(app);
  const size = page.getByRole('slider', { name: 'Brush size' });
  await page.keyboard.down('Alt');
  await page.mouse.click(at(IN_CHEEK).x, at(IN_CHEEK).y);
  await page.keyboard.up('Alt');
  await expect(classRadio(page, 'Skin')).toBeChecked();
  await expect(tool(page, 'Brush')).toBeChecked();
  const before = Number(await size.inputValue());
  await page.keyboard.down('Alt');
  await drag(page, at([100, 200]), at([160, 200]));
  await page.keyboard.up('Alt');
  const dragged = Number(await size.inputValue());
  expect(dragged).toBeGreaterThan(before + 10);
  const zoom = page.getByRole('status', { name: 'Zoom' });
  const fitted = await zoom.textContent();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 100);
  await page.keyboard.up('Control');
  await expect.poll(async () => Number(await size.inputValue())).not.toBe(dragged);
  await expect(zoom).toHaveText(fitted!);
  await page.mouse.wheel(0, -200);
  await expect(zoom).not.toHaveText(fitted!);
  await expect(undo(page)).toBeDisabled();
});

test('held keys borrow a tool: I picks, Space moves the view, Z zooms', async ({ app, page }) => {
  const at = await openPainter(app);
  await app.canvas.focus();
  await page.keyboard.down('i');
  await page.mouse.click(at(IN_CHEEK).x, at(IN_CHEEK).y);
  await page.keyboard.up('i');
  await expect(classRadio(page, 'Skin')).toBeChecked();
  await expect(tool(page, 'Brush')).toBeChecked();
  const zoom = page.getByRole('status', { name: 'Zoom' });
  const fitted = await zoom.textContent();
  await page.keyboard.down('z');
  await drag(page, at([200, 200]), at([300, 200]));
  await page.keyboard.up('z');
  await expect(zoom).not.toHaveText(fitted!);
  await page.keyboard.down('Space');
  await drag(page, at([200, 200]), at([260, 240]));
  await page.keyboard.up('Space');
  await expect(undo(page)).toBeDisabled();
  await page.keyboard.press('Control+0');
  await expect(zoom).toHaveText(fitted!);
  // The view is where it was: the same place on the screen is the same place of the mask.
  await drag(page, at(IN_CORNER), at([24, 120]));
  await expect.poll(() => classAt(app, [24, 90])).toBe(SKIN);
  expect(await classAt(app, [256, 40])).toBe(HAIR);
});
