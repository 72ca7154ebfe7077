/** Whatever breaks, the page says what and what to do, and the painting is still there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, TINY_PACK, tinyManifest, type App, type Replaced } from './fixtures';

const HAIR_STROKE: [[number, number], [number, number]] = [
  [0.4, 0.45],
  [0.6, 0.45],
];

/** Paints a stroke and waits until it is kept. @returns the kept bytes */
function paintAndKeep(app: App): Promise<Uint8Array> {
  return app.changeMask(() => app.paint(...HAIR_STROKE));
}

async function expectProblem(app: App, code: string): Promise<void> {
  await expect(app.problem).toContainText(code, { timeout: 60_000 });
  // A cause and one thing to do, beside the code.
  const lines = (await app.problem.innerText()).split('\n').filter((line) => line.trim() !== '');
  expect(lines.length).toBeGreaterThanOrEqual(3);
}

const { path: denoiser } = tinyManifest().files.mask_denoiser!;
const damaged = readFileSync(join(TINY_PACK, denoiser));
damaged[damaged.length >> 1]! ^= 1;

const CASES: [string, string, Replaced][] = [
  ['a manifest that is no JSON', 'PACK_INVALID', { 'manifest.json': Buffer.from('{ "id": ') }],
  ['a manifest without networks', 'PACK_INVALID', { 'manifest.json': Buffer.from('{"format": 1, "id": "tiny"}') }],
  ['no manifest', 'PACK_MISSING', { 'manifest.json': null }],
  ['a missing network', 'PACK_MISSING', { [denoiser]: null }],
  ['a network with another hash', 'PACK_CORRUPT', { [denoiser]: damaged }],
];

for (const [what, code, replaced] of CASES) {
  test(`${what} is ${code}, costs no painting, and heals by trying again`, async ({ app, page }) => {
    await app.serveTinyPack(replaced);
    await app.open();
    const painted = await paintAndKeep(app);
    await app.setSteps(2);
    await app.generate.click();
    await app.waitFor('error');
    await expectProblem(app, code);
    expect(Buffer.from(painted).equals((await app.storedMask())!.bytes)).toBe(true);

    await app.serveTinyPack();
    await app.run();
    await expect(app.problem).toHaveCount(0);

    await page.reload();
    await expect(app.canvas).toBeVisible();
    expect(Buffer.from(painted).equals((await app.storedMask())!.bytes)).toBe(true);
  });
}

test('a site that cannot be reached says so, and the next try works', async ({ app, page }) => {
  await page.route('**/packs/tiny/*', (route) => route.abort());
  await app.open();
  await expectProblem(app, 'OFFLINE');
  await app.serveTinyPack();
  await app.setSteps(2);
  await app.run();
});

test('an unknown pack says so at once', async ({ app }) => {
  await app.open('?pack=nowhere');
  await expectProblem(app, 'PACK_MISSING');
});

test('a name that is no pack says so at once', async ({ app }) => {
  await app.open('?pack=../secret');
  await expectProblem(app, 'PACK_INVALID');
});

test('an empty description is refused before any download where words are read', async ({ app, page }) => {
  const networks: string[] = [];
  page.on('request', (request) => request.url().endsWith('.onnx') && networks.push(request.url()));
  await app.open();
  await app.description.fill('   ');
  await app.generate.click();
  await expectProblem(app, 'DESCRIPTION_EMPTY');
  await page.getByText('Text only', { exact: true }).click();
  await app.generate.click();
  await expectProblem(app, 'DESCRIPTION_EMPTY');
  expect(networks).toEqual([]);
  await app.waitFor('empty');
});

test('WebGPU forced on a browser without it says so', async ({ app }) => {
  await app.open('?pack=tiny&device=webgpu');
  await app.generate.click();
  await app.waitFor('error');
  await expectProblem(app, 'NO_WEBGPU');
});
