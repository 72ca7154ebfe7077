import { AppError } from '../diffusion/shared/errors';
import { PhotoError, type PhotoProblem } from '../photo/photoError';

/** Cause and cure for every way in which a file can be no photo to edit. */
const WORDS: Record<PhotoProblem, (detail: string) => [cause: string, cure: string]> = {
  empty: () => ['This file is empty.', 'Choose another photo.'],
  'not-a-picture': () => ['This file is not a picture.', 'Choose a photo as JPEG, PNG or WebP.'],
  format: (detail) => [`This is a ${detail} file, which browsers cannot read as a photo.`, 'Save it as JPEG or PNG.'],
  heic: () => [
    'This is a HEIC photo, which this browser cannot read.',
    'Save it as JPEG: on an iPhone, choose “Most Compatible” under Camera, Formats.',
  ],
  animated: (detail) => [`This ${detail} is animated, and only still photos can be edited.`, 'Save one picture of it.'],
  damaged: () => ['This photo is damaged or cut off.', 'Copy it again from where it comes from.'],
  'too-large': (detail) => [`This photo has ${detail}; up to 64 megapixels can be edited.`, 'Save a smaller copy.'],
  'too-small': (detail) => [
    `This picture has only ${detail}, too few to show a face.`,
    'Choose one of at least 64 pixels on each side.',
  ],
};

/** What went wrong with a photo, in words for the person. */
export function photoProblem(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof PhotoError)) {
    return new AppError('PHOTO_INVALID', 'The browser could not open this photo.', 'Save a smaller copy as JPEG.', {
      cause: error,
    });
  }
  const [cause, cure] = WORDS[error.problem](error.detail);
  return new AppError('PHOTO_INVALID', cause, cure, { cause: error });
}
