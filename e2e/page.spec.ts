import { LOOKS, violations } from './accessibility';
import { expect, test } from './fixtures';

for (const { colorScheme, size, viewport } of LOOKS) {
  test(`no accessibility violations, ${colorScheme}, ${size}`, async ({ app, page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await app.open();
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await expect(page.getByText(/^Downloads .* MB once/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await app.setSteps(2);
    await app.run();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keys and help' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('no accessibility violations in the painter’s cards', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open();
  for (const name of ['Samples', 'Add', 'More formats', 'Mirror', 'Rules', 'View', 'Clean up']) {
    await page.getByRole('button', { name, exact: true }).click();
    const card = page.getByRole('group', { name, exact: true });
    await expect(card.getByRole('button').or(card.getByRole('radio')).first()).toBeVisible();
    if (name === 'Rules') await card.getByRole('radio', { name: 'Chosen classes' }).check();
    expect(await violations(page), name).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(card).toBeHidden();
  }
});

test('all that matters works from the keyboard', async ({ app, page }) => {
  await app.open();
  await app.setSteps(2);
  await app.description.focus();
  await page.keyboard.press('Control+Enter');
  await app.waitFor('ready');
  await expect(app.result).toBeVisible();
  await app.setSteps(100);
  await app.description.focus();
  await page.keyboard.press('Control+Enter');
  await expect(app.cancel).toBeVisible();
  await page.keyboard.press('Escape');
  await app.waitFor('ready', 5000);
  // A question mark belongs to the text while typing, and opens the help elsewhere.
  await app.description.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await app.generate.focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys and help' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the chosen theme holds from the first paint of the next visit on', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await app.open();
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload({ waitUntil: 'domcontentloaded' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('words and settings are there after a reload', async ({ app, page }) => {
  await app.open();
  await app.description.fill('A bald man with a hat.');
  await app.setSteps(9);
  await app.seed.fill('4242');
  await page.reload();
  await expect(app.description).toHaveValue('A bald man with a hat.');
  await expect(app.steps).toHaveValue('9');
  await expect(app.seed).toHaveValue('4242');
});

test('a seed that is none is said so and not taken', async ({ app, page }) => {
  await app.open();
  await app.seed.fill('4294967296');
  await expect(page.getByText('A whole number from 0 to 4294967295.')).toBeVisible();
  await app.description.focus();
  await expect(app.seed).toHaveValue('14');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('Generate is always at hand, the picture comes into sight, and nothing is wider than the page', async ({
    app,
    page,
  }) => {
    await app.open();
    await app.setSteps(2);
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect(app.generate).toBeInViewport();
    await app.generate.tap();
    await app.waitFor('ready');
    await expect(app.result).toBeInViewport({ ratio: 0.5 });
    await expect(app.generate).toBeInViewport();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
