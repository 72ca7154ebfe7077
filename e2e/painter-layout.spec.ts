import { expect, test } from './fixtures';

for (const [name, viewport] of [
  ['phone', { width: 360, height: 740 }],
  ['tablet', { width: 1024, height: 768 }],
  ['desktop', { width: 1440, height: 900 }],
] as const) {
  test(`nothing of the painter is cut off on a ${name}`, async ({ app, page }) => {
    await page.setViewportSize(viewport);
    await app.open();
    const painter = page.getByRole('region', { name: 'Mask painter' });
    await expect(painter.getByRole('button', { name: 'Export mask' })).toBeVisible();
    const outside = await painter.evaluate((element) => {
      const frame = element.getBoundingClientRect();
      // The classes may scroll in a box of their own, which counts instead.
      const parts = [
        ...element.querySelectorAll('button, input:not([role=radiogroup][aria-label=Classes] *), [role=radiogroup]'),
      ];
      return parts
        .map((part) => ({ name: part.getAttribute('aria-label') ?? part.id, box: part.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0)
        .filter(
          ({ box }) =>
            box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom,
        )
        .map((part) => part.name);
    });
    expect(outside).toEqual([]);
    const [frame, canvas] = [(await painter.boundingBox())!, (await app.canvas.boundingBox())!];
    // The canvas is what people come for.
    expect(canvas.width * canvas.height).toBeGreaterThan(0.35 * frame.width * frame.height);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    // Nothing hangs over the edge that a browser would scroll to when something gets the focus.
    await painter.getByRole('radio', { name: 'Clothes' }).check();
    expect(
      await painter.evaluate((element) => [element.parentElement?.scrollLeft, element.parentElement?.scrollTop]),
    ).toEqual([0, 0]);
  });
}

test.describe('with fingers', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('every target is large enough', async ({ app, page }) => {
    await app.open();
    const painter = page.getByRole('region', { name: 'Mask painter' });
    await expect(painter.getByRole('button', { name: 'Export mask' })).toBeVisible();
    expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
    const small = await painter.evaluate((element) =>
      [...element.querySelectorAll('button, input')]
        .map((part) => ({ name: part.getAttribute('aria-label') ?? part.id, box: part.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
        .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
    );
    expect(small).toEqual([]);
  });
});
