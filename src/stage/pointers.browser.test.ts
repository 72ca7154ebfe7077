import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { frames, HAIR, onPage, openStage, SCALE, shownAt, SKIN, type Bench, type Press } from './stageBench';

let bench: Bench;

beforeEach(() => {
  bench = openStage();
});

afterEach(() => bench.close());

describe('mouse', () => {
  test('a stroke becomes bytes, and one step of the history', () => {
    bench.stroke({ at: [100, 100] }, { at: [200, 100] }, { at: [200, 200] });
    expect(bench.classAt(150, 100)).toBe(HAIR);
    expect(bench.classAt(200, 150)).toBe(HAIR);
    expect(bench.mask.isPainting).toBe(false);
    bench.mask.undo();
    expect(bench.painted()).toBe(0);
  });

  test.each(['pointercancel', 'lostpointercapture'])('%s leaves no trace', (type) => {
    bench.draw({ at: [100, 100] }, { at: [200, 100] });
    bench.fire(type, { at: [200, 100] });
    bench.fire('pointerup', { at: [200, 100] });
    expect(bench.painted()).toBe(0);
    expect(bench.mask.undoLabel).toBeNull();
  });

  test('a window that loses the focus ends the stroke without a trace', () => {
    bench.draw({ at: [100, 100] }, { at: [200, 100] });
    window.dispatchEvent(new Event('blur'));
    expect(bench.painted()).toBe(0);
  });

  test('Escape takes back a stroke that the pointer still draws', () => {
    bench.draw({ at: [100, 100] }, { at: [200, 100] });
    expect(bench.stage.keyboard.handle(new KeyboardEvent('keydown', { key: 'Escape' }))).toBe(true);
    bench.fire('pointermove', { at: [300, 100], buttons: 1 });
    bench.fire('pointerup', { at: [300, 100] });
    expect(bench.painted()).toBe(0);
  });

  test('an undo in the middle of a stroke leaves nothing of it, nor of what follows', () => {
    bench.stroke({ at: [400, 400] });
    bench.draw({ at: [100, 100] }, { at: [200, 100] });
    bench.mask.undo();
    bench.fire('pointermove', { at: [300, 100], buttons: 1 });
    bench.fire('pointerup', { at: [300, 100] });
    expect(bench.painted()).toBe(0);
    expect(bench.mask.committed.data.every((value) => value === 0)).toBe(true);
  });

  test('the right button draws nothing, the middle one pans', () => {
    bench.stroke({ at: [100, 100], button: 2, buttons: 2 });
    bench.draw({ at: [100, 100], button: 1, buttons: 4 }, { at: [150, 100], buttons: 4 });
    bench.fire('pointerup', { at: [150, 100], button: 1 });
    expect(bench.callbacks.onZoom).toHaveBeenLastCalledWith({ scale: SCALE, isFitted: false });
    expect(bench.painted()).toBe(0);
  });

  test('the wheel zooms at the pointer', () => {
    bench.wheel(-400, [100, 100]);
    bench.stroke({ at: [100, 100] });
    expect(bench.classAt(100, 100)).toBe(HAIR);
    expect(bench.callbacks.onZoom.mock.lastCall?.[0].scale).toBeGreaterThan(SCALE * 1.8);
  });
});

describe('fingers and pens', () => {
  const finger = (id: number, x: number, y: number): Press => ({ at: [x, y], pointerId: id, pointerType: 'touch' });
  const pen = (x: number, y: number): Press => ({ at: [x, y], pointerId: 9, pointerType: 'pen', pressure: 1 });

  test('one finger draws', () => {
    bench.stroke(finger(2, 100, 100), finger(2, 200, 100));
    expect(bench.classAt(150, 100)).toBe(HAIR);
  });

  test.each(['brush', 'eraser', 'fill', 'lasso', 'polygon', 'ellipse'] as const)(
    'two fingers zoom and never draw, nor does the last one to leave: %s',
    (tool) => {
      bench.mask.load(new Uint8Array(512 * 512).fill(SKIN), 512, 'test');
      bench.configure({ tool });
      bench.draw(finger(2, 200, 256), finger(2, 190, 256), finger(2, 190, 300));
      bench.fire('pointerdown', finger(3, 300, 256));
      bench.fire('pointermove', finger(2, 100, 256));
      bench.fire('pointermove', finger(3, 400, 256));
      bench.fire('pointerup', finger(3, 400, 256));
      bench.fire('pointermove', finger(2, 50, 50));
      bench.fire('pointerup', finger(2, 50, 50));
      expect(bench.mask.live.data.every((value) => value === SKIN)).toBe(true);
      expect(bench.mask.undoLabel).toBe('test');
      expect(bench.stage.cancelGesture()).toBe(false);
      expect(bench.callbacks.onZoom.mock.lastCall?.[0].scale).toBeGreaterThan(SCALE * 2);
    },
  );

  test('with a pen in use a finger moves the view, and a palm under the pen does nothing', () => {
    bench.draw(pen(100, 100), pen(150, 100));
    bench.fire('pointerdown', finger(2, 300, 300));
    bench.fire('pointermove', finger(2, 320, 300));
    bench.fire('pointercancel', finger(2, 320, 300));
    bench.fire('pointermove', { ...pen(200, 100), buttons: 1 });
    bench.fire('pointerup', pen(200, 100));
    expect(bench.classAt(175, 100)).toBe(HAIR);
    expect(bench.classAt(300, 300)).toBe(0);
    bench.stroke(finger(2, 300, 300), finger(2, 350, 300));
    expect(bench.classAt(300, 300)).toBe(0);
    expect(bench.callbacks.onZoom).toHaveBeenLastCalledWith({ scale: SCALE, isFitted: false });
  });

  test('a pen that lands takes back what a palm has begun', () => {
    bench.draw(finger(2, 300, 300), finger(2, 330, 300));
    bench.stroke(pen(100, 100), pen(150, 100));
    expect(bench.classAt(310, 300)).toBe(0);
    expect(bench.classAt(120, 100)).toBe(HAIR);
  });

  test('the eraser end of a pen erases, to the original if that is what the eraser does', () => {
    bench.mask.load(new Uint8Array(512 * 512).fill(SKIN), 512, 'test');
    bench.stroke({ ...pen(100, 100), button: 5, buttons: 32 });
    expect(bench.classAt(100, 100)).toBe(0);
    bench.configure({ eraseTo: 'original', axis: 256 });
    bench.stroke({ ...pen(411, 100), button: 5, buttons: 32 });
    expect(bench.classAt(100, 100)).toBe(SKIN);
  });
});

describe('held keys', () => {
  const zoomOf = () => bench.callbacks.onZoom.mock.lastCall?.[0].scale as number;

  test('Alt and a press picks, Alt and a drag sets the size; the ring stays where the drag began', async () => {
    bench.stroke({ at: [100, 100], altKey: true }, { at: [102, 100], altKey: true });
    expect(bench.callbacks.onPickClass.mock.calls).toEqual([[0]]);
    bench.draw({ at: [100, 100], altKey: true }, { at: [105, 100] }, { at: [125, 100] });
    expect(bench.callbacks.onBrushSize.mock.lastCall?.[0]).toBe(60);
    await frames();
    expect(shownAt(bench.host, 2, 70, 100)[3]).toBeGreaterThan(100);
    expect(bench.painted()).toBe(0);
    bench.fire('pointerup', { at: [125, 100] });
    expect(bench.callbacks.onPickClass).toHaveBeenCalledOnce();
  });

  test('I picks, Z zooms and Space pans while held, and a blur lets go of all', () => {
    bench.stage.holdPick(true);
    bench.stroke({ at: [100, 100] });
    expect(bench.callbacks.onPickClass).toHaveBeenCalledOnce();
    bench.stage.holdPick(false);
    bench.stage.holdZoom(true);
    bench.stroke({ at: [100, 100] }, { at: [150, 80] });
    expect(zoomOf()).toBeGreaterThan(SCALE * 1.9);
    bench.stage.holdPan(true);
    const zoomed = zoomOf();
    bench.stroke({ at: [100, 100] }, { at: [150, 100] });
    expect(zoomOf()).toBe(zoomed);
    expect(bench.painted()).toBe(0);
    window.dispatchEvent(new Event('blur'));
    bench.stroke({ at: [100, 100] });
    expect(bench.painted()).toBeGreaterThan(0);
  });

  test('a wheel that claims Ctrl is a pinch, unless the key is held in truth', () => {
    bench.wheel(-10, [256, 256], { ctrlKey: true });
    expect(zoomOf()).toBeGreaterThan(SCALE);
    expect(bench.callbacks.onBrushSize).not.toHaveBeenCalled();
    const before = zoomOf();
    bench.key('keydown', 'Control', { ctrlKey: true });
    bench.wheel(-100, [256, 256], { ctrlKey: true });
    expect(bench.callbacks.onBrushSize.mock.calls).toEqual([[24]]);
    expect(zoomOf()).toBe(before);
    bench.key('keyup', 'Control');
    bench.wheel(-10, [256, 256], { ctrlKey: true });
    expect(zoomOf()).toBeGreaterThan(before);
  });

  test('small turns of the wheel add up to a whole pixel', () => {
    bench.configure({ brushSize: 4 });
    bench.key('keydown', 'Control', { ctrlKey: true });
    for (let i = 0; i < 40; i++) bench.wheel(-5, [256, 256], { ctrlKey: true });
    expect(bench.callbacks.onBrushSize.mock.lastCall?.[0]).toBe(6);
    bench.key('keyup', 'Control');
  });

  test('Shift draws a straight line from the last stroke’s end', () => {
    bench.stroke({ at: [100, 100] });
    bench.stroke({ at: [200, 300], shiftKey: true });
    expect(bench.classAt(150, 200)).toBe(HAIR);
  });

  test('Alt alone does not open the browser’s menu', () => {
    const event = new KeyboardEvent('keydown', { key: 'Alt', cancelable: true, ...onPage(0, 0) });
    bench.host.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
  });
});
