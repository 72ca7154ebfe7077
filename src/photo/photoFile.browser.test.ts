import { expect, test } from 'vitest';
import { encodeWithPatch, openPhoto, readPatch, shrinkPhoto } from './photoFile';
import type { PhotoError } from './photoError';

const [WIDTH, HEIGHT] = [90, 70];

async function file(type = 'image/png', bytes?: (bytes: Uint8Array) => Uint8Array<ArrayBuffer>): Promise<File> {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d')!;
  for (let x = 0; x < WIDTH; x += 10) {
    context.fillStyle = `rgb(${x * 2} ${255 - x} ${(x * 7) % 255})`;
    context.fillRect(x, 0, 10, HEIGHT - x / 3);
  }
  const blob = await canvas.convertToBlob({ type });
  const own = new Uint8Array(await blob.arrayBuffer());
  return new File([bytes ? bytes(own) : own], 'stripes', { type });
}

const whole = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

test('a photo with a patch of itself put in is itself, byte for byte', async () => {
  const photo = await openPhoto(await file());
  const patch = await readPatch(photo, { x: 20, y: 10, width: 30, height: 25 });
  const out = await encodeWithPatch(photo, patch);
  const again = await openPhoto(new File([out], 'out.png'));
  expect((await readPatch(again, whole)).pixels).toEqual((await readPatch(photo, whole)).pixels);
});

test('what is transparent is white', async () => {
  const photo = await openPhoto(await file());
  const corner = await readPatch(photo, { x: WIDTH - 1, y: HEIGHT - 1, width: 1, height: 1 });
  expect([...corner.pixels]).toEqual([255, 255, 255, 255]);
});

test('a small copy keeps the proportions', async () => {
  const photo = await openPhoto(await file());
  const { width, height, pixels } = await shrinkPhoto(photo, 45);
  expect([width, height, pixels.length]).toEqual([45, 35, 45 * 35 * 4]);
});

test('a file that looks right and cannot be decoded is damaged', async () => {
  const broken = await file('image/png', (bytes) =>
    Uint8Array.from(bytes, (byte, i) => (i > 60 && i < bytes.length - 20 ? 7 : byte)),
  );
  await expect(openPhoto(broken)).rejects.toMatchObject({ problem: 'damaged' } satisfies Partial<PhotoError>);
});
