/** The shipped pack, end to end: what is painted and written must be in the picture. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type App } from './fixtures';
import { overlap, parseFace, resizeMask, type ClassMap } from './parser';

const PACKS = join(dirname(fileURLToPath(import.meta.url)), '../public/packs');
const shippedPack = () => join(PACKS, JSON.parse(readFileSync(join(PACKS, 'default.json'), 'utf8')).default);

/** Indices of models/contracts/face-classes.json. */
const BACKGROUND = [0];
const HAIR = [13];
/** Skin, and what lies within it: brows, eyes, glasses, nose, mouth and lips. */
const FACE = [1, 2, 3, 4, 5, 6, 7, 10, 11, 12];

/** Chance and a blank picture stay far below these. */
const LEAST_OVERLAP = { face: 0.6, hair: 0.4, background: 0.4 };
/** By how much the overlap of the hair must grow when the mask asks for it. */
const LEAST_GAIN = 0.05;
/** How much brighter blond hair is than black, in levels of 255. Beside the mask's model the words have less to say. */
const LEAST_BRIGHTNESS_GAP: [string, number][] = [
  ['Text only', 50],
  ['Both', 20],
];
const STEPS = 8;
const RUN_MS = 240_000;

test.setTimeout(2 * RUN_MS + 60_000);

/** Runs, and reads back the mask that was asked for and the classes that the pack's parser sees in the picture. */
async function runAndParse(app: App): Promise<{ asked: ClassMap; seen: ClassMap; pixels: Uint8Array }> {
  await app.run(RUN_MS);
  const { data, size } = await app.resultPixels();
  const seen = await parseFace(shippedPack(), data, size);
  const stored = (await app.storedMask())!;
  return { asked: resizeMask({ classes: stored.bytes, size: stored.size }, seen.size), seen, pixels: data };
}

async function chooseSample(app: App, name: string): Promise<void> {
  await app.page.getByRole('button', { name: 'Samples' }).click();
  await app.page.getByRole('list', { name: 'Sample masks' }).getByRole('button', { name }).click();
}

test('the picture has the painted structure, and follows when the mask changes', async ({ app }) => {
  await app.open('?device=wasm&threads=2');
  await app.description.fill('A smiling woman in her thirties.');
  await app.setSteps(STEPS);
  // Hair is the brush's class at the start: a lock on the background, left of the face.
  await app.changeMask(() => app.paint([0.12, 0.28], [0.14, 0.45]));
  const long = await runAndParse(app);
  for (const [part, classes] of Object.entries({ face: FACE, hair: HAIR, background: BACKGROUND })) {
    const reached = overlap(long.asked, long.seen, classes);
    expect(reached, `overlap of the ${part}`).toBeGreaterThan(LEAST_OVERLAP[part as keyof typeof LEAST_OVERLAP]);
  }

  await app.changeMask(() => chooseSample(app, 'Short hair'));
  await app.description.fill('A smiling woman in her thirties.');
  const short = await runAndParse(app);
  expect(overlap(long.asked, short.asked, HAIR), 'the two masks differ').toBeLessThan(0.7);
  // Same words, same seed: of the two pictures, the one made from a mask must be the one that fits it better.
  for (const [made, other] of [
    [long, short],
    [short, long],
  ] as const) {
    const gain = overlap(made.asked, made.seen, HAIR) - overlap(made.asked, other.seen, HAIR);
    expect(gain).toBeGreaterThan(LEAST_GAIN);
  }
});

/** Mean level, 0 … 255, of the places that the parser takes for hair. */
function hairBrightness(seen: ClassMap, pixels: Uint8Array): number {
  const side = Math.sqrt(pixels.length / 4);
  const at = (i: number) => Math.floor(((i + 0.5) * side) / seen.size);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < seen.classes.length; i++) {
    if (!HAIR.includes(seen.classes[i]!)) continue;
    const place = (at(Math.floor(i / seen.size)) * side + at(i % seen.size)) * 4;
    sum += (pixels[place]! + pixels[place + 1]! + pixels[place + 2]!) / 3;
    count += 1;
  }
  expect(count, 'places with hair').toBeGreaterThan(0);
  return sum / count;
}

for (const [mode, leastGap] of LEAST_BRIGHTNESS_GAP) {
  test(`the words decide the hair's colour, guided by: ${mode}`, async ({ app, page }) => {
    await app.open('?device=wasm&threads=2');
    await app.setSteps(STEPS);
    await page.getByText(mode, { exact: true }).click();
    await app.description.fill('A woman with long blond hair.');
    const blond = await runAndParse(app);
    await app.description.fill('A woman with long black hair.');
    const black = await runAndParse(app);
    const gap = hairBrightness(blond.seen, blond.pixels) - hairBrightness(black.seen, black.pixels);
    expect(gap).toBeGreaterThan(leastGap);
  });
}
