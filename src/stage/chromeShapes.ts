import { Circle } from 'konva/lib/shapes/Circle';
import { Line } from 'konva/lib/shapes/Line';

/** A dark line with a light one around it shows on every class colour. */
export const DARK = 'rgb(20 20 24 / 0.9)';
export const LIGHT = 'rgb(255 255 255 / 0.9)';

const STATIC = { listening: false, perfectDrawEnabled: false, shadowForStrokeEnabled: false };

/** @param strokeWidth CSS pixels */
export function ring(stroke: string, strokeWidth: number): Circle {
  return new Circle({ ...STATIC, stroke, strokeWidth });
}

/** @param strokeWidth CSS pixels */
export function line(stroke: string, strokeWidth: number): Line {
  return new Line({ ...STATIC, stroke, strokeWidth, lineJoin: 'round' });
}
