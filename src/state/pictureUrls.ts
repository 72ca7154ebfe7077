/** Addresses of pictures in memory, let go together when what they show gives way to something else. */
export class PictureUrls {
  #urls: string[] = [];

  make(picture: Blob): string {
    const url = URL.createObjectURL(picture);
    this.#urls.push(url);
    return url;
  }

  /** Lets go of all made so far. */
  clear(): void {
    for (const url of this.#urls) URL.revokeObjectURL(url);
    this.#urls = [];
  }
}
