import { chromiumLaunch } from '../scripts/chromium.mjs';
import { expect, test } from './fixtures';

test.use({ launchOptions: chromiumLaunch({ webgpu: true }) });

const SLOW_MS = 280_000;

test('runs on WebGPU where it is forced, and says so', async ({ app, page }) => {
  test.setTimeout(SLOW_MS + 20_000);
  await app.open('?pack=tiny&device=webgpu');
  // One model: the software adapter compiles every network's shaders on the processor, half a minute each on a busy machine.
  await page.getByText('Mask only', { exact: true }).click();
  await app.setSteps(3);
  await app.run(SLOW_MS);
  await expect(page.getByRole('button', { name: 'Device: WebGPU' })).toBeVisible();
  await expect(app.strip.getByRole('listitem')).toHaveCount(3);
});
