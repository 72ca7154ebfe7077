/**
 * The area under a line, as an SVG path.
 *
 * @param points at least one, x in [0, 1] rising, y in [0, 1] upwards
 */
export function influencePath(points: readonly { x: number; y: number }[], width: number, height: number): string {
  const place = (value: number) => Number(value.toFixed(2));
  const line = points.map(({ x, y }) => `L${place(x * width)} ${place((1 - y) * height)}`);
  const first = place((points[0]?.x ?? 0) * width);
  const last = place((points.at(-1)?.x ?? 0) * width);
  return `M${first} ${height}${line.join('')}L${last} ${height}Z`;
}
