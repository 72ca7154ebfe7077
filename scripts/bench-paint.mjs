/**
 * What a pointer event costs while painting at 512 × 512, and how many frames a second are left while a face is being made:
 * `npm run build && npm run bench:paint`. Prints tables and judges nothing, as times on shared machines vary. Costs should
 * depend on the tool, never on how much was painted before.
 */
import { chromium } from 'playwright';
import { preview } from 'vite';
import { chromiumLaunch } from './chromium.mjs';

const PORT = 4329;
/** Brush diameters in mask pixels; the other tools have none. */
const TOOLS = [
  { tool: 'Brush', size: 8 },
  { tool: 'Brush', size: 24 },
  { tool: 'Brush', size: 160 },
  { tool: 'Eraser', size: 24 },
  { tool: 'Lasso' },
  { tool: 'Ellipse' },
];
const HISTORY = [0, 200];
const MOVES = 400;
/** Longer, so that it measures frames; more steps than it lasts, so that the run does not end within it. */
const FRAME_MOVES = 1600;
const STEPS = 50;

const server = await preview({ preview: { port: PORT, strictPort: true, host: 'localhost' } });
const browser = await chromium.launch(chromiumLaunch({ webgpu: false }));
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`http://localhost:${PORT}/?device=wasm&threads=1`);
  const choose = async (/** @type {{ tool: string, size?: number }} */ { tool, size }) => {
    await page.getByRole('radiogroup', { name: 'Tools' }).getByRole('radio', { name: tool }).check();
    if (size) await page.getByRole('slider', { name: 'Brush size' }).fill(String(size));
  };
  const costs = [];
  for (const strokes of HISTORY) {
    await choose({ tool: 'Brush', size: 24 });
    await page.evaluate(paint, { strokes, moves: 12 });
    for (const each of TOOLS) {
      await choose(each);
      const { times } = await page.evaluate(paint, { strokes: 1, moves: MOVES });
      costs.push({ 'strokes before': strokes, tool: each.tool, 'size px': each.size ?? '', ...summary(times) });
    }
  }
  print(costs);

  await choose({ tool: 'Brush', size: 24 });
  const frames = [await framesWhile('painting')];
  await page.getByRole('slider', { name: 'Steps' }).fill(String(STEPS));
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await page.waitForSelector('html[data-engine=running]', { timeout: 180_000 });
  frames.push(await framesWhile('painting while a face is made'));
  print(frames);

  async function framesWhile(/** @type {string} */ what) {
    const { frames } = await page.evaluate(paint, { strokes: 1, moves: FRAME_MOVES });
    const { mean, worst } = summary(frames);
    return { what, 'frames a second': 1000 / mean, 'worst frame ms': worst };
  }
} finally {
  await browser.close();
  await server.close();
}

/** @param {number[]} times milliseconds */
function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, time) => sum + time, 0) / sorted.length;
  return { mean, median: sorted[sorted.length >> 1] ?? NaN, worst: sorted.at(-1) ?? NaN };
}

/** @param {Record<string, string | number>[]} rows */
function print(rows) {
  const short = (/** @type {string | number} */ value) => (typeof value === 'number' ? +value.toFixed(3) : value);
  console.table(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, short(value)]))));
}

/**
 * Runs in the page: circles around the canvas's middle, a frame after every fourth move as a fast mouse makes them.
 *
 * @param {{ strokes: number, moves: number }} work
 * @returns {Promise<{ times: number[], frames: number[] }>} milliseconds of every move's handlers, and from frame to frame
 */
async function paint({ strokes, moves }) {
  const canvas = /** @type {HTMLElement} */ (document.querySelector('[role=application]'));
  const box = canvas.getBoundingClientRect();
  const radius = Math.min(box.width, box.height) / 3;
  /** @param {string} type @param {number} angle */
  const fire = (type, angle) => {
    const clientX = box.left + box.width / 2 + radius * Math.cos(angle);
    const clientY = box.top + box.height / 2 + radius * Math.sin(angle);
    const event = new PointerEvent(type, {
      pointerId: 1,
      pointerType: 'mouse',
      buttons: 1,
      clientX,
      clientY,
      bubbles: true,
    });
    const start = performance.now();
    canvas.dispatchEvent(event);
    return performance.now() - start;
  };
  const times = /** @type {number[]} */ ([]);
  const stamps = /** @type {number[]} */ ([]);
  for (let stroke = 0; stroke < strokes; stroke++) {
    fire('pointerdown', stroke);
    for (let move = 1; move <= moves; move++) {
      times.push(fire('pointermove', stroke + move / 10));
      if (move % 4 === 0) stamps.push(await new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    fire('pointerup', stroke + moves / 10);
  }
  return { times, frames: stamps.slice(1).map((stamp, i) => stamp - (stamps[i] ?? NaN)) };
}
