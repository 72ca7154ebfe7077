/** How photos come into the Edit view: any file, any way, any side up; and the square around the face. */
import { expect, test } from './fixtures';
import { EditPage, HEIGHT, photo, photoPng, WIDTH } from './editPage';

test('the square is moved, sized and turned by hand and by keys', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.photoFile.setInputFiles(photo());
  const box = (await edit.cropBox.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 40, box.y + box.height / 2 + 30, { steps: 4 });
  await page.mouse.up();
  const moved = (await edit.cropBox.boundingBox())!;
  expect(moved.x - box.x).toBeCloseTo(40, 0);
  expect(moved.y - box.y).toBeCloseTo(30, 0);
  await page.mouse.move(moved.x + moved.width, moved.y + moved.height);
  await page.mouse.down();
  await page.mouse.move(moved.x + moved.width - 30, moved.y + moved.height - 30, { steps: 4 });
  await page.mouse.up();
  const smaller = (await edit.cropBox.boundingBox())!;
  expect(smaller.width).toBeCloseTo(moved.width - 60, 0);
  await edit.cropBox.focus();
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  await expect(page.getByRole('slider', { name: 'Turn' })).toHaveValue('2');
  await page.getByRole('button', { name: 'Turn the square right' }).click();
  await expect(page.getByRole('slider', { name: 'Turn' })).toHaveValue('92');
  await edit.useSquare.click();
  await edit.waitFor('ready');
  await page.getByRole('button', { name: 'Adjust the square' }).click();
  await expect(page.getByRole('slider', { name: 'Turn' })).toHaveValue('92');
  await page.getByRole('button', { name: 'Keep the old square' }).click();
  await edit.waitFor('ready');
});

test('a photo turned by its camera stands upright', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  const jpeg = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width!, height!);
      canvas.getContext('2d')!.fillRect(0, 0, width! / 2, height!);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
      return Array.from(bytes);
    },
    [WIDTH, HEIGHT],
  );
  // EXIF with one entry: orientation 6, to be turned a quarter clockwise.
  const exif = [
    0xff,
    0xe1,
    0,
    34,
    ...Buffer.from('Exif\0\0MM\0*\0\0\0\u0008', 'latin1'),
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    6,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const turned = Buffer.from([...jpeg.slice(0, 2), ...exif, ...jpeg.slice(2)]);
  await edit.openPhoto(photo(turned, 'phone.jpg', 'image/jpeg'));
  await expect(page.getByText(`${HEIGHT} × ${WIDTH} pixels`)).toBeVisible();
});

test('what cannot be edited is said so, and the photo at hand stays', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  const notes = photo(Buffer.from('Dear photo,'), 'notes.txt', 'text/plain');
  await edit.photoFile.setInputFiles(notes);
  await edit.waitFor('error');
  await expect(app.problem).toContainText('not a picture');
  await edit.openPhoto();
  const cases: [ReturnType<typeof photo>, RegExp][] = [
    [photo(photoPng().subarray(0, 900)), /damaged or cut off/],
    [photo(photoPng(40, 90)), /only 40 × 90 pixels/],
    [photo(Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0heicmif1\0\0\0\0', 'latin1'), 'a.heic', 'image/heic'), /HEIC/],
    [photo(Buffer.alloc(0)), /empty/],
  ];
  for (const [file, words] of cases) {
    await edit.photoFile.setInputFiles(file);
    await expect(app.problem).toContainText(words);
    await edit.waitFor('error');
    await expect(edit.aligned).toBeVisible();
  }
  await app.problem.getByRole('button', { name: 'Dismiss' }).click();
  await edit.waitFor('ready');
  await expect(page.getByTitle('holiday.png')).toBeVisible();
});

test('a photo is pasted or dropped anywhere', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  for (const kind of ['paste', 'drop'] as const) {
    await page.evaluate(
      ([kind, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(bytes as number[])], `${kind as string}.png`, { type: 'image/png' }));
        const init = { bubbles: true, cancelable: true };
        document.body.dispatchEvent(
          kind === 'paste'
            ? new ClipboardEvent('paste', { ...init, clipboardData: data })
            : new DragEvent('drop', { ...init, dataTransfer: data }),
        );
      },
      [kind, [...photoPng()]] as const,
    );
    await expect(page.getByRole('img', { name: `All of “${kind}.png”` })).toBeVisible();
  }
});

test('a photo that another has replaced comes back with its edits', async ({ app, page }) => {
  const edit = new EditPage(app);
  await edit.open();
  await edit.openPhoto();
  await edit.setSteps(2);
  await edit.edit('A bald man.');
  const shown = await edit.shown();
  await edit.openPhoto(photo(photoPng(200, 200), 'second.png'));
  await expect(page.getByTitle('second.png')).toBeVisible();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await edit.waitFor('done');
  await expect(page.getByTitle('holiday.png')).toBeVisible();
  await expect(app.description).toHaveValue('A bald man.');
  expect(await edit.shown()).toBe(shown);
});
