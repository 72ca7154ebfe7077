import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FACE_CLASSES, parseColour } from '../mask/classes';
import { MaskDocument } from '../mask/maskDocument';
import { MaskStage, type StageSettings } from './maskStage';

const HAIR = 13;
const SIDE = 600;
/** What `fitViewport` makes of a 512 mask in a 600 px host: 18 px of margin. */
const SCALE = (SIDE - 36) / 512;
const SETTINGS: StageSettings = { tool: 'brush', classIndex: HAIR, brushSize: 20, symmetry: false, opacity: 1 };

let host: HTMLDivElement;
let mask: MaskDocument;
let stage: MaskStage;
const callbacks = { onPickClass: vi.fn(), onZoom: vi.fn(), onAnnounce: vi.fn() };

beforeEach(() => {
  host = document.createElement('div');
  host.tabIndex = 0;
  host.style.cssText = `position:absolute;left:30px;top:20px;width:${SIDE}px;height:${SIDE}px`;
  document.body.append(host);
  mask = new MaskDocument();
  stage = new MaskStage(host, mask, SETTINGS, callbacks);
  vi.clearAllMocks();
});

afterEach(() => {
  stage.destroy();
  host.remove();
});

/** Client coordinates of a mask point under the fitted view. */
function onPage(x: number, y: number): { clientX: number; clientY: number } {
  return { clientX: 30 + 18 + x * SCALE, clientY: 20 + 18 + y * SCALE };
}

interface Press extends PointerEventInit {
  at: [x: number, y: number];
}

function fire(type: string, { at, ...init }: Press): void {
  const buttons = type === 'pointerup' ? 0 : 1;
  const options = { pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, cancelable: true, buttons };
  host.dispatchEvent(new PointerEvent(type, { ...options, ...onPage(...at), ...init }));
}

function draw(...presses: Press[]): void {
  const [first, ...rest] = presses;
  fire('pointerdown', first!);
  for (const press of rest) fire('pointermove', press);
}

const classAt = (x: number, y: number) => mask.live.data[y * 512 + x];
const isBlank = () => mask.live.data.every((value) => value === 0);
const frames = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

/** The mask layer's colour where a mask point is shown. */
function shownAt(x: number, y: number): number[] {
  const canvas = host.querySelectorAll('canvas')[1]!;
  const ratio = canvas.width / SIDE;
  const [left, top] = [18 + x * SCALE, 18 + y * SCALE].map((value) => Math.round(value * ratio));
  return Array.from(canvas.getContext('2d')!.getImageData(left!, top!, 1, 1).data.subarray(0, 3));
}

describe('display', () => {
  test('shows every class in its own colour', async () => {
    const bands = new Uint8Array(512 * 512).map((_, i) => Math.min(Math.floor((i % 512) / 26), 18));
    mask.replace(bands, 512, 'test');
    await frames();
    for (const { index, displayColour } of FACE_CLASSES) {
      expect(shownAt(index * 26 + 13, 300)).toEqual(parseColour(displayColour));
    }
  });

  test('shows strokes, and takes a cancelled one off again', async () => {
    const background = parseColour(FACE_CLASSES[0]!.displayColour);
    draw({ at: [100, 100] }, { at: [200, 100] });
    await frames();
    expect(shownAt(150, 100)).toEqual(parseColour(FACE_CLASSES[HAIR]!.displayColour));
    fire('pointercancel', { at: [200, 100] });
    await frames();
    expect(shownAt(150, 100)).toEqual(background);
  });

  test('follows its host’s size', async () => {
    host.style.width = host.style.height = '300px';
    await frames();
    await frames();
    expect(callbacks.onZoom).toHaveBeenLastCalledWith({ scale: (300 - 18) / 512, isFitted: true });
  });
});

describe('mouse', () => {
  test('a stroke becomes bytes, and one step of the history', () => {
    draw({ at: [100, 100] }, { at: [200, 100] }, { at: [200, 200] });
    fire('pointerup', { at: [200, 200] });
    expect(classAt(150, 100)).toBe(HAIR);
    expect(classAt(200, 150)).toBe(HAIR);
    expect(mask.isPainting).toBe(false);
    mask.undo();
    expect(isBlank()).toBe(true);
  });

  test.each(['pointercancel', 'lostpointercapture'])('%s leaves no trace', (type) => {
    draw({ at: [100, 100] }, { at: [200, 100] });
    fire(type, { at: [200, 100] });
    fire('pointerup', { at: [200, 100] });
    expect(isBlank()).toBe(true);
    expect(mask.undoLabel).toBeNull();
  });

  test('a window that loses the focus ends the stroke without a trace', () => {
    draw({ at: [100, 100] }, { at: [200, 100] });
    window.dispatchEvent(new Event('blur'));
    expect(isBlank()).toBe(true);
  });

  test('the right button draws nothing, the middle one pans, Alt picks', () => {
    draw({ at: [100, 100], button: 2, buttons: 2 });
    fire('pointerup', { at: [100, 100], button: 2 });
    draw({ at: [100, 100], button: 1, buttons: 4 }, { at: [150, 100], buttons: 4 });
    fire('pointerup', { at: [150, 100], button: 1 });
    expect(callbacks.onZoom).toHaveBeenLastCalledWith({ scale: SCALE, isFitted: false });
    draw({ at: [150, 100], altKey: true });
    fire('pointerup', { at: [150, 100], altKey: true });
    expect(callbacks.onPickClass).toHaveBeenCalledExactlyOnceWith(0);
    expect(isBlank()).toBe(true);
  });

  test('the wheel zooms at the pointer', () => {
    host.dispatchEvent(new WheelEvent('wheel', { deltaY: -400, cancelable: true, ...onPage(100, 100) }));
    draw({ at: [100, 100] });
    fire('pointerup', { at: [100, 100] });
    expect(classAt(100, 100)).toBe(HAIR);
    expect(callbacks.onZoom.mock.lastCall?.[0].scale).toBeGreaterThan(SCALE * 1.8);
  });
});

describe('fingers and pens', () => {
  const finger = (id: number, x: number, y: number): Press => ({ at: [x, y], pointerId: id, pointerType: 'touch' });
  const pen = (x: number, y: number): Press => ({ at: [x, y], pointerId: 9, pointerType: 'pen', pressure: 1 });

  test('one finger draws', () => {
    draw(finger(2, 100, 100), finger(2, 200, 100));
    fire('pointerup', finger(2, 200, 100));
    expect(classAt(150, 100)).toBe(HAIR);
  });

  test('two fingers zoom and never draw, nor does the last one to leave', () => {
    draw(finger(2, 200, 256), finger(2, 190, 256));
    fire('pointerdown', finger(3, 300, 256));
    fire('pointermove', finger(2, 100, 256));
    fire('pointermove', finger(3, 400, 256));
    fire('pointerup', finger(3, 400, 256));
    fire('pointermove', finger(2, 50, 50));
    fire('pointerup', finger(2, 50, 50));
    expect(isBlank()).toBe(true);
    expect(mask.undoLabel).toBeNull();
    expect(callbacks.onZoom.mock.lastCall?.[0].scale).toBeGreaterThan(SCALE * 2);
  });

  test('with a pen in use a finger moves the view, and a palm under the pen does nothing', () => {
    draw(pen(100, 100), pen(150, 100));
    fire('pointerdown', finger(2, 300, 300));
    fire('pointermove', finger(2, 320, 300));
    fire('pointercancel', finger(2, 320, 300));
    fire('pointermove', pen(200, 100));
    fire('pointerup', pen(200, 100));
    expect(classAt(175, 100)).toBe(HAIR);
    expect(classAt(300, 300)).toBe(0);
    draw(finger(2, 300, 300), finger(2, 350, 300));
    fire('pointerup', finger(2, 350, 300));
    expect(classAt(300, 300)).toBe(0);
    expect(callbacks.onZoom).toHaveBeenLastCalledWith({ scale: SCALE, isFitted: false });
  });

  test('a pen that lands takes back what a palm has begun', () => {
    draw(finger(2, 300, 300), finger(2, 330, 300));
    draw(pen(100, 100), pen(150, 100));
    fire('pointerup', pen(150, 100));
    expect(classAt(310, 300)).toBe(0);
    expect(classAt(120, 100)).toBe(HAIR);
  });

  test('the eraser end of a pen erases', () => {
    mask.replace(new Uint8Array(512 * 512).fill(1), 512, 'test');
    draw({ ...pen(100, 100), button: 5, buttons: 32 });
    fire('pointerup', pen(100, 100));
    expect(classAt(100, 100)).toBe(0);
  });
});

describe('keyboard', () => {
  const press = (key: string, init: KeyboardEventInit = {}) =>
    stage.keyboard.handle(new KeyboardEvent('keydown', { key, ...init }));

  test('arrows move, Enter puts the pen down and lifts it', () => {
    press('Enter');
    for (let i = 0; i < 6; i++) press('ArrowRight', { shiftKey: true });
    expect(mask.isPainting).toBe(true);
    press('Enter');
    expect(classAt(256, 256)).toBe(HAIR);
    expect(classAt(310, 256)).toBe(HAIR);
    expect(callbacks.onAnnounce).toHaveBeenCalledWith('Pen down.');
    expect(callbacks.onAnnounce).toHaveBeenCalledWith('316, 256: Hair');
    mask.undo();
    expect(isBlank()).toBe(true);
  });

  test('Escape takes the open stroke back, and is left alone when there is none', () => {
    press('Enter');
    press('ArrowDown', { shiftKey: true });
    expect(press('Escape')).toBe(true);
    expect(isBlank()).toBe(true);
    expect(press('Escape')).toBe(false);
  });

  test('another tool in the hand ends the stroke without a trace', () => {
    press('Enter');
    stage.configure({ ...SETTINGS, tool: 'fill' });
    expect(isBlank()).toBe(true);
    press('Enter');
    expect(mask.live.data.every((value) => value === HAIR)).toBe(true);
  });
});
