import { vi } from 'vitest';
import { MaskDocument } from '../mask/maskDocument';
import { MaskStage, type StageSettings } from './maskStage';

export const HAIR = 13;
export const SKIN = 1;
export const SIDE = 600;
/** What `fitViewport` makes of a 512 mask in a 600 px host: 18 px of margin. */
const MARGIN = 18;
export const SCALE = (SIDE - 2 * MARGIN) / 512;
/** The host's place on the page. */
const [LEFT, TOP] = [30, 20];

const SETTINGS: StageSettings = {
  tool: 'brush',
  classIndex: HAIR,
  brushSize: 20,
  opacity: 1,
  axis: null,
  covers: null,
  eraseTo: 'background',
  fill: { connectivity: 4, closeGaps: 0 },
  hidden: [],
  maskStyle: 'colours',
};

export interface Press extends PointerEventInit {
  at: [x: number, y: number];
}

/** A stage on the page with a mask of its own, and hands to paint with. Places are mask pixels under the fitted view. */
export function openStage(initial: Partial<StageSettings> = {}) {
  const host = document.createElement('div');
  host.tabIndex = 0;
  host.style.cssText = `position:absolute;left:${LEFT}px;top:${TOP}px;width:${SIDE}px;height:${SIDE}px;touch-action:none`;
  document.body.append(host);
  const mask = new MaskDocument();
  let settings = { ...SETTINGS, ...initial };
  // Sizes and axes come back as settings, as the page does it.
  const callbacks = {
    onPickClass: vi.fn(),
    onZoom: vi.fn(),
    onAnnounce: vi.fn(),
    onBrushSize: vi.fn((brushSize: number) => configure({ brushSize })),
    onAxis: vi.fn((axis: number) => configure({ axis })),
  };
  const stage = new MaskStage(host, mask, settings, callbacks);
  vi.clearAllMocks();

  function configure(changes: Partial<StageSettings>): void {
    settings = { ...settings, ...changes };
    stage.configure(settings);
  }

  function fire(type: string, { at, ...init }: Press): void {
    const buttons = type === 'pointerup' || (type === 'pointermove' && init.buttons === undefined) ? 0 : 1;
    const options = { pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, cancelable: true, buttons };
    host.dispatchEvent(new PointerEvent(type, { ...options, ...onPage(...at), ...init }));
  }

  /** Presses at the first place and drags over the others. */
  function draw(...[first, ...rest]: [Press, ...Press[]]): void {
    fire('pointerdown', first);
    for (const press of rest) fire('pointermove', { buttons: 1, ...press });
  }

  /** The same, lifted at the last place. */
  function stroke(...presses: [Press, ...Press[]]): void {
    draw(...presses);
    fire('pointerup', presses.at(-1)!);
  }

  function wheel(deltaY: number, at: [number, number] = [256, 256], init: WheelEventInit = {}): void {
    host.dispatchEvent(new WheelEvent('wheel', { deltaY, cancelable: true, ...onPage(...at), ...init }));
  }

  function key(type: 'keydown' | 'keyup', name: string, init: KeyboardEventInit = {}): void {
    host.dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true, ...init }));
  }

  const classAt = (x: number, y: number) => mask.live.data[y * 512 + x];
  const painted = () => mask.live.data.filter((value) => value !== 0).length;
  const close = () => {
    stage.destroy();
    host.remove();
  };
  return { host, mask, stage, callbacks, configure, fire, draw, stroke, wheel, key, classAt, painted, close };
}

export type Bench = ReturnType<typeof openStage>;

/** Client coordinates of a mask point under the fitted view. */
export function onPage(x: number, y: number): { clientX: number; clientY: number } {
  return { clientX: LEFT + MARGIN + x * SCALE, clientY: TOP + MARGIN + y * SCALE };
}

export const frames = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** Red, green, blue and opacity of a layer (1 the mask, 2 the cursor) where a mask point is shown under the fitted view. */
export function shownAt(host: HTMLElement, layer: 1 | 2, x: number, y: number): number[] {
  const canvas = host.querySelectorAll('canvas')[layer]!;
  const ratio = canvas.width / SIDE;
  const [left, top] = [MARGIN + x * SCALE, MARGIN + y * SCALE].map((value) => Math.round(value * ratio));
  return Array.from(canvas.getContext('2d')!.getImageData(left!, top!, 1, 1).data);
}

/** How many pixels of the cursor's layer are drawn on at all. */
export function chromePixels(host: HTMLElement): number {
  const canvas = host.querySelectorAll('canvas')[2]!;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) count++;
  return count;
}
