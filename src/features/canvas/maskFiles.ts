import { AppError } from '../../diffusion/shared/errors';
import { saveFile } from '../../lib/saveFile';
import type { ClassOrder } from '../../mask/classOrder';
import { MaskFileError, type MaskFileProblem } from '../../mask/maskFileError';
import type { PaletteName } from '../../mask/maskPalettes';
import { decodeMaskPng, encodeIndexPng, encodeMaskPng, type ImportedMask } from '../../mask/png';
import { maskDocument } from './maskDocument';
import { setNotice, type Notice } from './painterStore';

interface ImportOptions {
  /** How class numbers are to be read; without it the file decides. */
  readonly order?: ClassOrder | undefined;
  /** Lays a picture that is no mask under the mask. When given, the notice about such a file offers it. */
  readonly putUnderneath?: ((picture: File) => void) | undefined;
}

/** No mask of the allowed size comes near this; a video dropped by mistake does. */
const MAX_FILE_BYTES = 64 * 2 ** 20;
const MASK_NAME = 'face-mask.png';
const INDEX_NAME = 'face-mask-indices.png';

/** Cause and cure for every way in which a file can be no mask. */
const PROBLEMS: Record<MaskFileProblem, (detail: string) => [cause: string, cure: string]> = {
  empty: () => ['This file is empty.', 'Choose another, or save it again.'],
  photo: (detail) => [
    `This is a ${detail} picture, which blurs the colours that tell classes apart.`,
    'Save the mask as a PNG where it was made.',
  ],
  format: (detail) => [`This is a ${detail} file, and masks are PNG files.`, 'Save it as a PNG and import that.'],
  text: () => ['This file holds text, and masks are PNG files.', 'Choose the mask’s PNG.'],
  unknown: () => ['This file is not a PNG picture.', 'Save the mask as a PNG and import it again.'],
  damaged: () => ['This PNG file is damaged or cut off.', 'Export it again from the program that made it.'],
  'too-large': (detail) => [
    `This file has ${detail}, more than the painter reads.`,
    'Scale the mask to at most 4096 × 4096 pixels without smoothing.',
  ],
  'grey-values': (detail) => [
    `This grey picture has the value ${detail}, and face classes go from 0 to 18.`,
    'Export the class numbers themselves, not a brightened copy.',
  ],
  picture: (detail) => [
    `This looks like a photo: ${detail} of it has no class’s colour or number.`,
    'Choose a mask in the CelebAMask-HQ colours, or one exported here.',
  ],
};
/** Files that are pictures all the same, and that every browser can show. */
const PICTURES: ReadonlySet<MaskFileProblem> = new Set<MaskFileProblem>(['photo', 'picture']);

const ORDER_NAMES: Record<ClassOrder, string> = { celebamask: 'CelebAMask', bisenet: 'BiSeNet' };
const PALETTE_REPORTS: Record<PaletteName, string> = {
  celebamask: 'Its colours were read as CelebAMask-HQ’s.',
  maskgan: 'Its colours were read as MaskGAN’s demo shows them.',
  'maskgan-brush': 'Its colours were read as MaskGAN’s brush paints them, left and right eyes and ears swapped.',
};

/**
 * Puts a file's mask on the canvas as one undoable step, or says why not; the painting stays either way. The notice tells what had
 * to be assumed, and lets the person choose the other class order.
 */
export async function importMaskFile(file: File, options: ImportOptions = {}): Promise<void> {
  await importInPlaceOf(null, file, options);
}

/** @throws AppError `MASK_INVALID` with the cause and one thing to do; its `cause` is a `MaskFileError` where the file is at fault */
async function readMaskFile(file: Blob, order: ClassOrder | undefined): Promise<ImportedMask> {
  try {
    if (file.size > MAX_FILE_BYTES) throw new MaskFileError('too-large', `${Math.round(file.size / 2 ** 20)} MB`);
    return await decodeMaskPng(new Uint8Array(await file.arrayBuffer()), { order });
  } catch (error) {
    if (!(error instanceof MaskFileError)) {
      throw new AppError('MASK_INVALID', 'This file could not be read.', 'Choose it again.', { cause: error });
    }
    const [cause, cure] = PROBLEMS[error.problem](error.detail);
    throw new AppError('MASK_INVALID', cause, cure, { cause: error });
  }
}

/** @param earlier the document's revision after an earlier import of the file; as long as it stands, this one takes its place */
async function importInPlaceOf(earlier: number | null, file: File, options: ImportOptions): Promise<void> {
  try {
    const mask = await readMaskFile(file, options.order);
    if (maskDocument.revision === earlier) maskDocument.undo();
    const before = maskDocument.revision;
    maskDocument.load(mask.data, mask.size, 'Import');
    // A file that changes nothing leaves no step to take back.
    const made = maskDocument.revision === before ? null : maskDocument.revision;
    const message = `“${file.name}” is on the canvas. ${report(mask)}`;
    setNotice({ kind: 'info', message, ...switchOrder(mask.order, made, file, options) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    setNotice({ kind: 'error', message: error.message, cure: error.cure, ...offerUnderneath(error, file, options) });
  }
}

/** What was read and what was changed on the way, in sentences. */
function report({ size, inexact, order, palette, fileSize }: ImportedMask): string {
  const { width, height } = fileSize;
  const painter = maskDocument.live.size;
  const share = inexact * 100;
  return [
    order && `Its class numbers were read in ${ORDER_NAMES[order]} order.`,
    palette && PALETTE_REPORTS[palette],
    inexact > 0 && `${share < 0.1 ? 'Under 0.1' : share.toFixed(1)} % of it had other colours and took the nearest.`,
    width !== height && `Its ${width} × ${height} pixels were centred on a square of background.`,
    size !== painter && `It was resized from ${size} to ${painter} pixels.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function switchOrder(
  order: ClassOrder | null,
  made: number | null,
  file: File,
  options: ImportOptions,
): Pick<Notice, 'action'> {
  if (!order) return {};
  const other = order === 'bisenet' ? 'celebamask' : 'bisenet';
  const perform = () => void importInPlaceOf(made, file, { ...options, order: other });
  return { action: { label: `Read as ${ORDER_NAMES[other]} order`, perform } };
}

function offerUnderneath(error: AppError, file: File, { putUnderneath }: ImportOptions): Pick<Notice, 'action'> {
  const isPicture = error.cause instanceof MaskFileError && PICTURES.has(error.cause.problem);
  if (!isPicture || !putUnderneath) return {};
  const perform = () => {
    setNotice(null);
    putUnderneath(file);
  };
  return { action: { label: 'Put it underneath', perform } };
}

/** Downloads the mask as an indexed PNG in CelebAMask-HQ's colours. */
export async function exportMaskFile(): Promise<void> {
  saveFile(pngOf(await encodeMaskPng(currentMask())), MASK_NAME);
}

/** Downloads the mask as a grey PNG of class numbers. */
export async function exportIndexFile(): Promise<void> {
  saveFile(pngOf(await encodeIndexPng(currentMask())), INDEX_NAME);
}

/** Puts the mask on the clipboard as a PNG, or says why not. */
export async function copyMask(): Promise<void> {
  if (typeof ClipboardItem === 'undefined' || !('clipboard' in navigator)) {
    setNotice({
      kind: 'error',
      message: 'This browser lets no page put a picture on the clipboard.',
      cure: 'Use “Export mask” instead.',
    });
    return;
  }
  try {
    // Safari takes a picture only during the click, so it is promised now and made after.
    const png = encodeMaskPng(currentMask()).then(pngOf);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
    setNotice({ kind: 'info', message: 'The mask is on the clipboard as a picture.' });
  } catch {
    setNotice({
      kind: 'error',
      message: 'The browser did not let the mask onto the clipboard.',
      cure: 'Allow this page to use the clipboard and copy again.',
    });
  }
}

function currentMask(): { data: Uint8Array<ArrayBuffer>; size: number } {
  const { mask, size } = maskDocument.snapshot();
  return { data: mask, size };
}

function pngOf(bytes: Uint8Array<ArrayBuffer>): Blob {
  return new Blob([bytes], { type: 'image/png' });
}
