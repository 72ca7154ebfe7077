import { AppError } from '../../diffusion/shared/errors';
import { decodeMaskPng, encodeMaskPng, MaskFileError, type ImportedMask, type MaskFileProblem } from '../../mask/png';
import { maskDocument } from './maskDocument';
import { setNotice } from './painterStore';

/** No mask of the allowed size comes near this; a video dropped by mistake does. */
const MAX_FILE_BYTES = 64 * 2 ** 20;
const EXPORT_NAME = 'face-mask.png';

/** Cause and cure for every way in which a file can be no mask. */
const PROBLEMS: Record<MaskFileProblem, (detail: string) => [cause: string, cure: string]> = {
  'not-png': () => ['This file is not a PNG picture.', 'Save the mask as a PNG and import it again.'],
  damaged: () => ['This PNG file is damaged or cut off.', 'Export it again from the program that made it.'],
  'too-large': (detail) => [
    `This mask is ${detail} pixels, more than the painter reads.`,
    'Scale it to at most 4096 × 4096 without smoothing and import it again.',
  ],
  'not-square': (detail) => [
    `This mask is ${detail} pixels, and face masks are square.`,
    'Crop it to a square around the face and import it again.',
  ],
  'grey-values': (detail) => [
    `This grey picture has the value ${detail}, and face classes go from 0 to 18.`,
    'Export the class numbers themselves, not a brightened copy.',
  ],
  picture: (detail) => [
    `${detail} of this picture's pixels are no colour of a face mask: it looks like a photo.`,
    'Choose a mask in the CelebAMask-HQ colours, or one exported here.',
  ],
};

/** @throws AppError `MASK_INVALID` with the cause and one thing to do */
export async function readMaskFile(file: Blob): Promise<ImportedMask> {
  if (file.size > MAX_FILE_BYTES) throw toAppError(new MaskFileError('too-large', 'far too many'));
  try {
    return await decodeMaskPng(new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    if (error instanceof MaskFileError) throw toAppError(error);
    throw new AppError('MASK_INVALID', 'This file could not be read.', 'Choose it again.', { cause: error });
  }
}

/** Puts a file's mask on the canvas as one undoable step, or says why not; the painting stays either way. */
export async function importMaskFile(file: File): Promise<void> {
  try {
    const { data, size, inexact } = await readMaskFile(file);
    maskDocument.replace(data, size, 'Import');
    setNotice({ kind: 'info', message: `“${file.name}” is on the canvas.${report(size, inexact)}` });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    setNotice({ kind: 'error', message: error.message, cure: error.cure });
  }
}

/** Downloads the mask as an indexed PNG. */
export async function exportMaskFile(): Promise<void> {
  const { mask, size } = maskDocument.snapshot();
  const url = URL.createObjectURL(new Blob([await encodeMaskPng({ data: mask, size })], { type: 'image/png' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = EXPORT_NAME;
  link.click();
  // The download reads the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function report(size: number, inexact: number): string {
  const painter = maskDocument.live.size;
  const resized = size === painter ? '' : ` It was resized from ${size} to ${painter} pixels.`;
  const share = inexact * 100;
  const nearest =
    inexact === 0
      ? ''
      : ` ${share < 0.1 ? 'Under 0.1' : share.toFixed(1)} % of its pixels had other colours and took the nearest class.`;
  return resized + nearest;
}

function toAppError(error: MaskFileError): AppError {
  const [cause, cure] = PROBLEMS[error.problem](error.detail);
  return new AppError('MASK_INVALID', cause, cure, { cause: error });
}
