/** Numbers as people read them. */

const MEGABYTE = 1e6;

/** Bytes as megabytes: one decimal below 10 MB, none above. */
export function megabytes(bytes: number): string {
  const value = bytes / MEGABYTE;
  return `${value.toFixed(value < 9.95 ? 1 : 0)} MB`;
}

/** Milliseconds as seconds: two decimals below 10 s, one below 100 s, none above. */
export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  const decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(decimals)} s`;
}
