import { clamp } from '../lib/clamp';
import type { Point } from '../mask/raster';

/** Where the mask lies on the screen: screen = mask · scale + (x, y), in CSS pixels from the host's top left. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Screen pixels a mask pixel may take: from a thumbnail to single pixels one can count. */
const MIN_SCALE = 0.25;
const MAX_SCALE = 32;
/** Share of the host's shorter side left free around a fitted mask, and its largest value in CSS pixels. */
const FIT_MARGIN = 0.03;
const MAX_FIT_MARGIN = 24;
/** CSS pixels of the mask that always stay in sight. */
const MIN_VISIBLE = 48;

/** The whole mask, centred, as large as it goes. */
export function fitViewport(host: Size, maskSize: number): Viewport {
  const shorter = Math.min(host.width, host.height);
  const margin = Math.min(shorter * FIT_MARGIN, MAX_FIT_MARGIN);
  const scale = Math.max((shorter - 2 * margin) / maskSize, MIN_SCALE);
  return { scale, x: (host.width - maskSize * scale) / 2, y: (host.height - maskSize * scale) / 2 };
}

/** Zooms so that the mask point under `at` (screen) stays where it is. */
export function zoomViewport(viewport: Viewport, factor: number, at: Point): Viewport {
  const scale = clamp(viewport.scale * factor, MIN_SCALE, MAX_SCALE);
  const applied = scale / viewport.scale;
  return { scale, x: at.x - (at.x - viewport.x) * applied, y: at.y - (at.y - viewport.y) * applied };
}

export function panViewport(viewport: Viewport, dx: number, dy: number): Viewport {
  return { scale: viewport.scale, x: viewport.x + dx, y: viewport.y + dy };
}

/** Pulls the mask back when it was pushed out of sight. */
export function clampViewport(viewport: Viewport, host: Size, maskSize: number): Viewport {
  const side = maskSize * viewport.scale;
  const visible = Math.min(MIN_VISIBLE, side);
  return {
    scale: viewport.scale,
    x: clamp(viewport.x, visible - side, host.width - visible),
    y: clamp(viewport.y, visible - side, host.height - visible),
  };
}

export function toMask(viewport: Viewport, screen: Point): Point {
  return { x: (screen.x - viewport.x) / viewport.scale, y: (screen.y - viewport.y) / viewport.scale };
}

export function toScreen(viewport: Viewport, mask: Point): Point {
  return { x: mask.x * viewport.scale + viewport.x, y: mask.y * viewport.scale + viewport.y };
}
