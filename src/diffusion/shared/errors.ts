/** Every failure that a person may see: a code, a plain cause, one thing to do. */

export type ErrorCode =
  | 'ABORTED'
  | 'PACK_MISSING'
  | 'PACK_INVALID'
  | 'PACK_CORRUPT'
  | 'OFFLINE'
  | 'NO_WEBGPU'
  | 'DEVICE_LOST'
  | 'OUT_OF_MEMORY'
  | 'MASK_INVALID'
  | 'DESCRIPTION_EMPTY'
  | 'PHOTO_INVALID'
  | 'EDIT_UNSUPPORTED'
  | 'NOT_FINITE'
  | 'ENGINE_DEAD'
  | 'ENGINE_FAILED';

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly cure: string;

  /** @param message the plain cause  @param cure one thing the person can do */
  constructor(code: ErrorCode, message: string, cure: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.cure = cure;
  }
}

/** An `AppError` as plain data, for the worker's messages. */
export interface WireError {
  code: ErrorCode;
  message: string;
  cure: string;
}
