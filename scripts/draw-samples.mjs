/**
 * Draws the sample masks and the parts to drop in of public/samples: `node scripts/draw-samples.mjs`. They are made here, by curves, and hold nothing of
 * any photo or data set. Give a folder as argument to also write them there in the display colours, to look at.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import { format, resolveConfig } from 'prettier';
import { fillOutline } from './samples/curves.mjs';
import { FACES } from './samples/faces.mjs';
import { PARTS } from './samples/parts.mjs';
import { thinned } from './samples/thin.mjs';

const SIZE = 512;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'public/samples');

/** @type {{ classes: { index: number, key: string, file_colour: string, display_colour: string }[] }} */
const table = JSON.parse(readFileSync(join(ROOT, 'models/contracts/face-classes.json'), 'utf8'));
const indexOf = new Map(table.classes.map((row) => [row.key, row.index]));

/** @param {import('./samples/faces.mjs').Face} face */
function draw(face) {
  const mask = new Uint8Array(SIZE * SIZE);
  for (const [key, outline] of face.parts) {
    const value = indexOf.get(key);
    if (value === undefined) throw new Error(`${face.id}: there is no class ${key}.`);
    fillOutline(mask, SIZE, outline, value);
  }
  return mask;
}

/** @param {Uint8Array} mask @param {'file_colour' | 'display_colour'} colours */
function toPng(mask, colours) {
  const palette = table.classes.map((row) =>
    [1, 3, 5].map((at) => Number.parseInt(row[colours].slice(at, at + 2), 16)),
  );
  return encode({ data: mask, width: SIZE, height: SIZE, depth: 8, channels: 1, palette }, { zlib: { level: 9 } });
}

/** Outlines become flat lists x, y, x, y … @param {import('./samples/layers.mjs').PartToDrop} part */
function forPage(part) {
  return {
    ...part,
    layers: part.layers.map((layer) => ({ ...layer, outline: thinned(layer.outline).flat().map(toTenth) })),
  };
}

/** @param {number} value */
function toTenth(value) {
  return Math.round(value * 10) / 10;
}

mkdirSync(OUT, { recursive: true });
const [previewFolder] = process.argv.slice(2);
for (const face of FACES) {
  const mask = draw(face);
  writeFileSync(join(OUT, `${face.id}.png`), toPng(mask, 'file_colour'));
  if (previewFolder) writeFileSync(join(previewFolder, `${face.id}.png`), toPng(mask, 'display_colour'));
}
await writeJson(
  'samples.json',
  FACES.map(({ id, label, description }) => ({ id, label, description })),
);
await writeJson('parts.json', PARTS.map(forPage));

/** @param {string} name @param {unknown} value */
async function writeJson(name, value) {
  const filepath = join(OUT, name);
  writeFileSync(filepath, await format(JSON.stringify(value), { ...(await resolveConfig(filepath)), filepath }));
}
