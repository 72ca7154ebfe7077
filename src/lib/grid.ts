/** Reading a small grid of numbers at any place. */

export interface GridSize {
  height: number;
  width: number;
}

/**
 * Bilinear value of a row-by-row grid at (x, y) in [0, 1]², cell centres at (i + 0.5) / size, edges held.
 * The same reading that the browser's smooth scaling shows, so that numbers agree with colours.
 */
export function sampleGrid(values: Float32Array, size: GridSize, x: number, y: number): number {
  const column = Math.min(size.width - 1, Math.max(0, x * size.width - 0.5));
  const row = Math.min(size.height - 1, Math.max(0, y * size.height - 0.5));
  const left = Math.min(Math.floor(column), Math.max(0, size.width - 2));
  const top = Math.min(Math.floor(row), Math.max(0, size.height - 2));
  const right = Math.min(left + 1, size.width - 1);
  const bottom = Math.min(top + 1, size.height - 1);
  const at = (r: number, c: number) => values[r * size.width + c]!;
  const across = (r: number) => at(r, left) + (at(r, right) - at(r, left)) * (column - left);
  return across(top) + (across(bottom) - across(top)) * (row - top);
}

/** Mean of all values; 0 for none. */
export function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
