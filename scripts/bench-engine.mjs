/**
 * `npm run bench:engine [-- PACK_FOLDER]`: milliseconds per run of every network that a generation uses, in Chromium's WASM with one and
 * with two threads. PACK_FOLDER is a path below the repository, by default the pack that the page ships. A table, never an assert.
 */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumLaunch } from './chromium.mjs';

const THREADS = [1, 2];
const RUNS = 10;
const PORT = 4398;

/** @returns {string} */
function shippedPack() {
  const choice = /** @type {{ default: string }} */ (JSON.parse(readFileSync('public/packs/default.json', 'utf8')));
  return `packs/${choice.default}`;
}

/**
 * Runs in the page: opens each network, runs it with numbers of ordinary size (tiny ones slow some processors down), gives the median.
 * @param {{ pack: string, threads: number, runs: number }} options
 * @returns {Promise<{ key: string, open: number, run: number }[]>}
 */
async function measure({ pack, threads, runs }) {
  const load = (/** @type {string} */ module) => import(`${location.origin}/src/diffusion/${module}`);
  const [{ loadOrt }, { PackStore }, { generationFiles }] = await Promise.all(
    ['worker/ort.ts', 'worker/packStore.ts', 'shared/manifest.ts'].map(load),
  );
  const signal = new AbortController().signal;
  const store = await PackStore.open(new URL(pack, location.origin).href, signal);
  const ort = await loadOrt(false, threads);
  const rows = [];
  for (const key of /** @type {string[]} */ (generationFiles(store.manifest))) {
    if (key === store.manifest.text_encoder?.tokenizer) continue;
    const model = await store.read(key, signal);
    const extra = { session: { disable_quant_qdq: '1' } };
    const start = performance.now();
    const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], extra });
    const open = performance.now() - start;
    /** @type {Record<string, unknown>} */
    const feeds = {};
    for (const { name, type, shape } of session.inputMetadata) {
      const size = shape.reduce((/** @type {number} */ product, /** @type {number} */ side) => product * side, 1);
      const data =
        type === 'int32' ? new Int32Array(size).fill(1) : Float32Array.from({ length: size }, (_, i) => Math.sin(i));
      feeds[name] = new ort.Tensor(data, shape);
    }
    await session.run(feeds);
    const times = [];
    for (let i = 0; i < runs; i++) {
      const before = performance.now();
      await session.run(feeds);
      times.push(performance.now() - before);
    }
    await session.release();
    rows.push({ key, open, run: times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN });
  }
  return rows;
}

const pack = process.argv[2] ?? shippedPack();
const server = await createServer({ server: { port: PORT, strictPort: true }, logLevel: 'error' });
await server.listen();
const browser = await chromium.launch(chromiumLaunch({ webgpu: false }));
/** @type {Record<string, Record<string, number>>} */
const table = {};
for (const threads of THREADS) {
  // The runtime fixes its threads once a page.
  const page = await browser.newPage();
  await page.goto(`http://localhost:${PORT}/packs/default.json`);
  for (const { key, open, run } of await page.evaluate(measure, { pack, threads, runs: RUNS })) {
    const row = (table[key] ??= {});
    row[`open, ${threads} thr. (ms)`] = Math.round(open);
    row[`run, ${threads} thr. (ms)`] = Math.round(run * 10) / 10;
  }
  await page.close();
}
console.table(table);
await browser.close();
await server.close();
