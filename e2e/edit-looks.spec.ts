/** The Edit view for everybody: assistive software, both themes, phones. */
import { LOOKS, violations } from './accessibility';
import { EditPage, photo } from './editPage';
import { expect, test } from './fixtures';

for (const { colorScheme, size, viewport } of LOOKS) {
  test(`no accessibility violations, ${colorScheme}, ${size}`, async ({ app, page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const edit = new EditPage(app);
    await edit.open();
    await expect(page.getByText(/^The first photo downloads/)).toBeVisible();
    expect(await violations(page), 'without a photo').toEqual([]);
    await edit.photoFile.setInputFiles(photo());
    await expect(edit.cropBox).toBeVisible();
    expect(await violations(page), 'at the square').toEqual([]);
    await edit.useSquare.click();
    await edit.waitFor('ready');
    await page.getByText('Painted', { exact: true }).click();
    await edit.setSteps(2);
    expect(await violations(page), 'at work').toEqual([]);
    await app.description.fill('A bald man.');
    await page.getByRole('button', { name: 'Side by side' }).click();
    await edit.waitFor('done');
    for (const look of ['Before, after', 'Difference', 'Edit']) {
      await page.getByRole('group', { name: 'Show' }).getByText(look, { exact: true }).click();
      expect(await violations(page), look).toEqual([]);
    }
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a camera is offered, Apply is always at hand, and nothing is wider than the page', async ({ app, page }) => {
    const edit = new EditPage(app);
    await edit.open();
    await expect(page.getByLabel('Take a photo')).toHaveAttribute('capture', 'user');
    await edit.photoFile.setInputFiles(photo());
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect(edit.useSquare).toBeInViewport();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await edit.useSquare.tap();
    await edit.waitFor('ready');
    await expect(edit.apply).toBeInViewport();
    await edit.setSteps(2);
    await edit.edit('A bald man.');
    await expect(edit.edited).toBeInViewport({ ratio: 0.5 });
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});
