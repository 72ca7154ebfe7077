export type MaskFileProblem =
  'empty' | 'photo' | 'format' | 'text' | 'unknown' | 'damaged' | 'too-large' | 'grey-values' | 'picture';

/** A file that is no mask. `problem` says why; `detail` holds the format's name or the numbers for the message. */
export class MaskFileError extends Error {
  override readonly name = 'MaskFileError';
  readonly problem: MaskFileProblem;
  readonly detail: string;

  constructor(problem: MaskFileProblem, detail: string = '', options?: ErrorOptions) {
    super(`${problem} ${detail}`.trim(), options);
    this.problem = problem;
    this.detail = detail;
  }
}
