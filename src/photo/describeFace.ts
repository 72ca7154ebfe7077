/** TEMPORARY. */
export function describeFace(attributes: Float32Array | null, mask: Uint8Array, size: number): string {
  return attributes && mask && size ? 'A woman with long hair.' : 'A person with long hair.';
}
