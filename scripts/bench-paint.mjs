/**
 * What a pointer event costs while painting at 512 × 512: `npm run build && npm run bench:paint`. Prints a table and judges
 * nothing, as times on shared machines vary. Costs should depend on the brush, never on how much was painted before.
 */
import { chromium } from 'playwright';
import { preview } from 'vite';
import { chromiumLaunch } from './chromium.mjs';

const PORT = 4329;
const BRUSHES = [8, 24, 80, 160];
const HISTORY = [0, 200];
const MOVES = 400;

const server = await preview({ preview: { port: PORT, strictPort: true, host: 'localhost' } });
const browser = await chromium.launch(chromiumLaunch({ webgpu: false }));
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`http://localhost:${PORT}/`);
  const rows = [];
  for (const strokes of HISTORY) {
    await page.evaluate(paint, { strokes, moves: 12 });
    for (const brush of BRUSHES) {
      await page.getByRole('slider', { name: 'Brush size' }).fill(String(brush));
      const times = (await page.evaluate(paint, { strokes: 1, moves: MOVES })).toSorted((a, b) => a - b);
      const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
      const [median, worst] = [times[times.length >> 1] ?? NaN, times.at(-1) ?? NaN];
      rows.push({
        'strokes before': strokes,
        'brush px': brush,
        'mean ms': mean,
        'median ms': median,
        'worst ms': worst,
      });
    }
  }
  console.table(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, +value.toFixed(3)]))),
  );
} finally {
  await browser.close();
  await server.close();
}

/**
 * Runs in the page: circles around the canvas's middle, a frame after every fourth move as a fast mouse makes them.
 *
 * @param {{ strokes: number, moves: number }} work
 * @returns {Promise<number[]>} milliseconds of every move's handlers
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
  const times = [];
  for (let stroke = 0; stroke < strokes; stroke++) {
    fire('pointerdown', stroke);
    for (let move = 1; move <= moves; move++) {
      times.push(fire('pointermove', stroke + move / 10));
      if (move % 4 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    fire('pointerup', stroke + moves / 10);
  }
  return times;
}
