export interface PhotoSize {
  readonly width: number;
  readonly height: number;
}

/** What a picture file says of itself. */
export interface PhotoFacts {
  readonly kind: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'bmp';
  /** Pixels as stored, before any turning; `null` where the header does not say. */
  readonly size: PhotoSize | null;
}
