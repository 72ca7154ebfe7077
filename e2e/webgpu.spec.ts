import { chromiumLaunch } from '../scripts/chromium.mjs';
import { MICRO_PACK, microPackFiles } from '../src/diffusion/worker/testing/microPack';
import { expect, test } from './fixtures';

test.use({ launchOptions: chromiumLaunch({ webgpu: true }) });

// Five small convolutions: the software adapter compiles shaders on the processor, minutes for the networks of a real pack.
const SLOW_MS = 200_000;

test('runs on WebGPU where it is forced, and says so', async ({ app, page }) => {
  test.setTimeout(SLOW_MS + 40_000);
  const files = await microPackFiles();
  await page.route('**/packs/micro/*', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    await route.fulfill({ body: Buffer.from(files.get(MICRO_PACK + name)!) });
  });
  await app.open('?pack=micro&device=webgpu');
  await app.setSteps(3);
  await app.run(SLOW_MS);
  await expect(page.getByRole('button', { name: 'Device: WebGPU' })).toBeVisible();
  await expect(app.strip.getByRole('listitem')).toHaveCount(3);
  await expect(app.influence).toContainText('One model ran alone');
});
