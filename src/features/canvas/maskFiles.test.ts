import { readFileSync } from 'node:fs';
import { resolveObjectURL } from 'node:buffer';
import { decode, encode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FROM_BISENET } from '../../mask/classOrder';
import { decodeMaskPng } from '../../mask/png';
import { maskDocument } from './maskDocument';
import { copyMask, exportIndexFile, exportMaskFile, importMaskFile } from './maskFiles';
import { painterStore, setNotice } from './painterStore';

const SIZE = 16;
const SAMPLE = new Uint8Array(
  decode(readFileSync(new URL('../../../public/samples/short-hair.png', import.meta.url))).data,
);

function pngFile(image: Partial<Parameters<typeof encode>[0]>): File {
  const png = encode({ width: SIZE, height: SIZE, channels: 1, data: new Uint8Array(SIZE ** 2).fill(13), ...image });
  return new File([new Uint8Array(png)], 'mask.png');
}

function noticeNow() {
  const { notice } = painterStore.getState();
  if (!notice) throw new Error('The painter has said nothing.');
  return notice;
}

/** How the canvas differs from these bytes; Vitest compares such arrays number by number, which takes a second each. */
function differences(bytes: Uint8Array): number {
  return maskDocument.snapshot().mask.filter((value, i) => value !== bytes[i]).length;
}

beforeEach(() => {
  maskDocument.restore(new Uint8Array(512 ** 2), 512);
  setNotice(null);
});

describe('an imported mask', () => {
  test('of another size is put on the canvas, resized and undoable, and the page says so', async () => {
    await importMaskFile(pngFile({}));
    expect(maskDocument.snapshot().mask.every((value) => value === 13)).toBe(true);
    expect(noticeNow()).toMatchObject({ kind: 'info' });
    expect(noticeNow().message).toContain('“mask.png” is on the canvas.');
    expect(noticeNow().message).toContain('resized from 16 to 512');
    maskDocument.undo();
    expect(maskDocument.snapshot().mask.every((value) => value === 0)).toBe(true);
  });

  test('of the painter’s size is not said to be resized', async () => {
    await importMaskFile(pngFile({ width: 512, height: 512, data: SAMPLE }));
    expect(differences(SAMPLE)).toBe(0);
    expect(noticeNow().message).not.toMatch(/resized|centred|other colours/);
  });

  test('that is not square is centred, and the page says so', async () => {
    await importMaskFile(pngFile({ width: 16, height: 8, data: new Uint8Array(128).fill(1) }));
    const { mask } = maskDocument.snapshot();
    expect([mask[127 * 512], mask[128 * 512], mask[383 * 512], mask[384 * 512]]).toEqual([0, 1, 1, 0]);
    expect(noticeNow().message).toContain('16 × 8 pixels were centred on a square');
  });

  test('in colours comes with the palette that was assumed and the share of inexact pixels', async () => {
    const data = Uint8Array.from({ length: SIZE ** 2 * 3 }, (_, i) => [204, 0, 0][i % 3]!);
    data[0] = 200;
    await importMaskFile(pngFile({ channels: 3, data }));
    expect(noticeNow().message).toContain('CelebAMask-HQ');
    expect(noticeNow().message).toContain('0.4 % of it had other colours');
    expect(noticeNow().action).toBeUndefined();
    data.set([51, 255, 255], 0);
    await importMaskFile(pngFile({ channels: 3, data }));
    expect(noticeNow().message).toContain('MaskGAN’s demo');
  });
});

describe('the class order', () => {
  const numbers = SAMPLE.map((value) => FROM_BISENET.indexOf(value));
  const file = pngFile({ width: 512, height: 512, data: numbers });
  /** What the file holds when its numbers are taken for this project's own. */
  const misread = numbers;

  test('is found, said, and can be switched to and fro, as one step of the history', async () => {
    await importMaskFile(file);
    expect(differences(SAMPLE)).toBe(0);
    expect(noticeNow().message).toContain('BiSeNet order');
    expect(noticeNow().action?.label).toBe('Read as CelebAMask order');

    noticeNow().action!.perform();
    await vi.waitFor(() => expect(noticeNow().action?.label).toBe('Read as BiSeNet order'));
    expect(differences(misread)).toBe(0);

    noticeNow().action!.perform();
    await vi.waitFor(() => expect(noticeNow().action?.label).toBe('Read as CelebAMask order'));
    expect(differences(SAMPLE)).toBe(0);

    expect(maskDocument.undoLabel).toBe('Import');
    maskDocument.undo();
    expect(differences(new Uint8Array(512 ** 2))).toBe(0);
    expect(maskDocument.undoLabel).toBeNull();
  });

  test('asked for is taken', async () => {
    await importMaskFile(file, { order: 'celebamask' });
    expect(differences(misread)).toBe(0);
  });

  test('switched after more was painted takes nothing of that back', async () => {
    await importMaskFile(file);
    maskDocument.replace(new Uint8Array(512 ** 2).fill(3), 512, 'Paint');
    noticeNow().action!.perform();
    await vi.waitFor(() => expect(differences(misread)).toBe(0));
    maskDocument.undo();
    expect(maskDocument.snapshot().mask.every((value) => value === 3)).toBe(true);
    expect(maskDocument.undoLabel).toBe('Paint');
  });

  test('switched where the import had changed nothing leaves the step before it alone', async () => {
    await importMaskFile(file);
    await importMaskFile(file);
    noticeNow().action!.perform();
    await vi.waitFor(() => expect(differences(misread)).toBe(0));
    maskDocument.undo();
    expect(differences(SAMPLE)).toBe(0);
    maskDocument.undo();
    expect(maskDocument.undoLabel).toBeNull();
  });
});

const JPEG = new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)], 'me.jpg');
const PHOTO = pngFile({ channels: 3, data: Uint8Array.from({ length: SIZE ** 2 * 3 }, (_, i) => (i * 97) % 251) });

describe('a wrong file', () => {
  test.each([
    ['an empty file', new File([], 'mask.png'), 'empty'],
    ['a text', new File(['not a picture'], 'mask.txt'), 'text'],
    ['a JPEG', JPEG, 'JPEG'],
    ['a GIF', new File(['GIF89a'], 'mask.gif'), 'GIF'],
    ['a HEIC', new File(['\0\0\0\u0018ftypheic'], 'me.heic'), 'HEIC'],
    ['other bytes', new File([Uint8Array.of(0, 1, 2, 3)], 'mask.bin'), 'not a PNG'],
    ['a PNG that is cut off', pngFile({}).slice(0, 60) as File, 'cut off'],
    ['grey values beyond the classes', pngFile({ data: new Uint8Array(SIZE ** 2).fill(200) }), 'value 200'],
    ['a photo', PHOTO, 'photo'],
    ['more bytes than any mask has', { size: 2 ** 27 } as File, '128 MB'],
  ])('%s is explained with one thing to do, and the painting stays', async (_name, file, words) => {
    const { revision } = maskDocument;
    await importMaskFile(file);
    expect(noticeNow()).toMatchObject({ kind: 'error' });
    expect(noticeNow().message).toContain(words);
    expect(noticeNow().cure).toBeTruthy();
    expect(maskDocument.revision).toBe(revision);
  });

  test('that cannot be read at all is explained too', async () => {
    const gone = Object.assign(new File(['x'], 'gone.png'), { arrayBuffer: () => Promise.reject(new Error('gone')) });
    await importMaskFile(gone);
    expect(noticeNow()).toMatchObject({ kind: 'error', message: 'This file could not be read.' });
  });

  test.each([
    ['a JPEG', JPEG],
    ['a photo in a PNG', PHOTO],
  ])('%s can be put underneath', async (_name, file) => {
    const putUnderneath = vi.fn();
    await importMaskFile(file, { putUnderneath });
    expect(noticeNow().action?.label).toBe('Put it underneath');
    noticeNow().action!.perform();
    expect(putUnderneath).toHaveBeenCalledExactlyOnceWith(file);
    expect(painterStore.getState().notice).toBeNull();
  });

  test('offers nothing underneath when it is no picture, or when there is no place for one', async () => {
    await importMaskFile(new File(['text'], 'mask.txt'), { putUnderneath: vi.fn() });
    expect(noticeNow().action).toBeUndefined();
    await importMaskFile(PHOTO);
    expect(noticeNow().action).toBeUndefined();
  });
});

describe('the mask leaves', () => {
  beforeEach(() => maskDocument.load(SAMPLE, 512, 'Sample'));
  afterEach(() => vi.unstubAllGlobals());

  async function isWhole(png: Blob): Promise<boolean> {
    return differences((await decodeMaskPng(new Uint8Array(await png.arrayBuffer()))).data) === 0;
  }

  test.each([
    ['in colours', exportMaskFile, 'face-mask.png', 19],
    ['as class numbers', exportIndexFile, 'face-mask-indices.png', undefined],
  ])('%s as a download', async (_name, exportFile, name, colours) => {
    const link = { href: '', download: '', click: vi.fn() };
    vi.stubGlobal('document', { createElement: () => link });
    await exportFile();
    expect(link.click).toHaveBeenCalledOnce();
    expect(link.download).toBe(name);
    const blob = resolveObjectURL(link.href)!;
    expect(decode(await blob.arrayBuffer()).palette?.length).toBe(colours);
    expect(await isWhole(blob as Blob)).toBe(true);
  });

  describe('by the clipboard', () => {
    class Item {
      readonly parts: Record<string, Promise<Blob>>;

      constructor(parts: Record<string, Promise<Blob>>) {
        this.parts = parts;
      }
    }

    test('promised at once and whole', async () => {
      const write = vi.fn((_items: Item[]) => Promise.resolve());
      vi.stubGlobal('ClipboardItem', Item);
      vi.stubGlobal('navigator', { clipboard: { write } });
      const copied = copyMask();
      // Before anything is awaited: Safari asks for that.
      expect(write).toHaveBeenCalledOnce();
      await copied;
      expect(await isWhole(await write.mock.calls[0]![0][0]!.parts['image/png']!)).toBe(true);
      expect(noticeNow().kind).toBe('info');
    });

    test.each([
      ['no clipboard', {}, 'Export mask'],
      ['a clipboard that refuses', { clipboard: { write: () => Promise.reject(new Error('NotAllowed')) } }, 'Allow'],
    ])('or the page says why not: %s', async (_name, navigator, cure) => {
      vi.stubGlobal('ClipboardItem', Item);
      vi.stubGlobal('navigator', navigator);
      await copyMask();
      expect(noticeNow()).toMatchObject({ kind: 'error', cure: expect.stringContaining(cure) as string });
    });
  });
});
