/** Why a file cannot be edited as a photo. */
export type PhotoProblem =
  'empty' | 'not-a-picture' | 'format' | 'heic' | 'animated' | 'damaged' | 'too-large' | 'too-small';

/** A file that cannot be taken; whoever shows it finds the words. */
export class PhotoError extends Error {
  override readonly name = 'PhotoError';
  readonly problem: PhotoProblem;
  /** What fills the gap in the words: a format's name, or a size. */
  readonly detail: string;

  constructor(problem: PhotoProblem, detail = '', options?: ErrorOptions) {
    super(`${problem} ${detail}`.trim(), options);
    this.problem = problem;
    this.detail = detail;
  }
}
