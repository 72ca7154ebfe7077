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
/** In levels of 255, over all of the hair. The first pack's words are weak (8 to 10 levels); with words ignored it is exactly 0. */
const LEAST_BRIGHTNESS_GAP = 4;
const STEPS = 12;
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
  await expect.poll(() => app.storedMask()).not.toBeNull();
  const sample = (await app.storedMask())!.bytes;
  await app.paint([0.12, 0.28], [0.14, 0.45]);
  await expect.poll(async () => Buffer.from(sample).equals((await app.storedMask())!.bytes)).toBe(false);
  const long = await runAndParse(app);
  for (const [part, classes] of Object.entries({ face: FACE, hair: HAIR, background: BACKGROUND })) {
    const reached = overlap(long.asked, long.seen, classes);
    expect(reached, `overlap of the ${part}`).toBeGreaterThan(LEAST_OVERLAP[part as keyof typeof LEAST_OVERLAP]);
  }

  await chooseSample(app, 'Short hair');
  await app.description.fill('A smiling woman in her thirties.');
  const short = await runAndParse(app);
  expect(overlap(long.asked, short.asked, HAIR), 'the two masks differ').toBeLessThan(0.7);
  expect(overlap(long.asked, long.seen, HAIR)).toBeGreaterThan(overlap(short.asked, long.seen, HAIR));
  expect(overlap(short.asked, short.seen, HAIR)).toBeGreaterThan(overlap(long.asked, short.seen, HAIR));
});

test('the words decide what the mask leaves open', async ({ app }) => {
  await app.open('?device=wasm&threads=2');
  await app.setSteps(STEPS);
  const brightness = async (description: string) => {
    await app.description.fill(description);
    const { asked, pixels } = await runAndParse(app);
    const scale = Math.sqrt(pixels.length / 4) / asked.size;
    let sum = 0;
    let count = 0;
    for (let i = 0; i < asked.classes.length; i++) {
      if (!HAIR.includes(asked.classes[i]!)) continue;
      const [x, y] = [i % asked.size, Math.floor(i / asked.size)];
      const place = (Math.floor((y + 0.5) * scale) * asked.size * scale + Math.floor((x + 0.5) * scale)) * 4;
      sum += (pixels[place]! + pixels[place + 1]! + pixels[place + 2]!) / 3;
      count += 1;
    }
    return sum / count;
  };
  const blond = await brightness('A woman with long blond hair.');
  const black = await brightness('A woman with long black hair.');
  expect(blond - black).toBeGreaterThan(LEAST_BRIGHTNESS_GAP);
});
