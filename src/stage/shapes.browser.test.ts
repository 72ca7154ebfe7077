import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chromePixels, frames, HAIR, openStage, SCALE, shownAt, type Bench } from './stageBench';

let bench: Bench;

beforeEach(() => {
  bench = openStage({ tool: 'polygon' });
});

afterEach(() => bench.close());

const outlineAt = (x: number, y: number) => shownAt(bench.host, 2, x, y)[3]! > 100;
const click = (x: number, y: number, init: PointerEventInit = {}) => bench.stroke({ at: [x, y], ...init });

/** Three sides of a square, its last corner still to come. */
function corners(): void {
  click(100, 100);
  click(200, 100);
  click(200, 200);
}

describe('polygon', () => {
  test('becomes bytes when its first corner is pressed, as one step', () => {
    corners();
    click(100, 200);
    expect(bench.painted()).toBe(0);
    click(102, 103);
    expect(bench.classAt(150, 150)).toBe(HAIR);
    expect(bench.painted()).toBe(100 * 100);
    bench.mask.undo();
    expect(bench.painted()).toBe(0);
    expect(bench.mask.undoLabel).toBeNull();
  });

  test('shows its edges, the first corner’s handle, and the edge to the pointer', async () => {
    corners();
    bench.fire('pointermove', { at: [300, 200] });
    await frames();
    expect(outlineAt(150, 100)).toBe(true);
    expect(outlineAt(250, 200)).toBe(true);
    expect(outlineAt(100 + 5 / SCALE, 100)).toBe(true);
    expect(outlineAt(150, 150)).toBe(false);
  });

  test('survives zooms and pans in between, by wheel, hand and fingers', () => {
    corners();
    bench.stage.holdPan(true);
    bench.stroke({ at: [300, 300] }, { at: [310, 310] });
    bench.stroke({ at: [310, 310] }, { at: [300, 300] });
    bench.stage.holdPan(false);
    bench.wheel(-300);
    bench.draw({ at: [60, 60], pointerId: 2, pointerType: 'touch' });
    bench.fire('pointerdown', { at: [160, 60], pointerId: 3, pointerType: 'touch' });
    bench.fire('pointerup', { at: [60, 60], pointerId: 2, pointerType: 'touch' });
    bench.fire('pointerup', { at: [160, 60], pointerId: 3, pointerType: 'touch' });
    bench.stage.fit();
    click(100, 200);
    click(100, 100);
    expect(bench.painted()).toBe(100 * 100);
  });

  test('a cancelled press takes back only its own corner', () => {
    corners();
    bench.draw({ at: [400, 400] });
    bench.fire('pointercancel', { at: [400, 400] });
    click(100, 200);
    click(100, 100);
    expect(bench.painted()).toBe(100 * 100);
  });

  test.each<[string, () => void]>([
    ['another tool', () => bench.configure({ tool: 'brush' })],
    ['Escape', () => bench.stage.keyboard.handle(new KeyboardEvent('keydown', { key: 'Escape' }))],
    ['an undo', () => bench.mask.undo()],
    ['whoever asks for it', () => bench.stage.cancelGesture()],
  ])('is dropped without a trace by %s', async (_, drop) => {
    bench.configure({ tool: 'brush' });
    bench.stroke({ at: [400, 400] });
    bench.configure({ tool: 'polygon' });
    corners();
    drop();
    bench.fire('pointerleave', { at: [0, 0] });
    await frames();
    expect(chromePixels(bench.host)).toBe(0);
    expect(bench.classAt(150, 150)).toBe(0);
    expect(bench.stage.cancelGesture()).toBe(false);
  });

  test('keeps its corners when only the window loses the focus', () => {
    corners();
    window.dispatchEvent(new Event('blur'));
    expect(bench.stage.cancelGesture()).toBe(true);
  });

  test('Enter closes what the pointer has drawn, Backspace takes a corner back', () => {
    const press = (key: string) => bench.stage.keyboard.handle(new KeyboardEvent('keydown', { key }));
    corners();
    click(400, 400);
    expect(press('Backspace')).toBe(true);
    expect(press('Enter')).toBe(true);
    expect(bench.classAt(180, 120)).toBe(HAIR);
    expect(bench.classAt(300, 300)).toBe(0);
    expect(bench.callbacks.onAnnounce).toHaveBeenLastCalledWith('Polygon closed.');
    expect(press('Backspace')).toBe(false);
  });
});

describe('lasso and ellipse', () => {
  test('a lasso shows what it will fill, beyond the axis too, and leaves no line behind', async () => {
    bench.configure({ tool: 'lasso', axis: 256, classIndex: 4 });
    bench.draw({ at: [300, 100] }, { at: [400, 100] }, { at: [400, 200] });
    await frames();
    expect(outlineAt(350, 100)).toBe(true);
    expect(outlineAt(350, 150)).toBe(true);
    expect(outlineAt(162, 100)).toBe(true);
    expect(bench.painted()).toBe(0);
    bench.fire('pointerup', { at: [400, 200] });
    bench.configure({ axis: null });
    bench.fire('pointerleave', { at: [400, 200] });
    await frames();
    expect(bench.classAt(380, 150)).toBe(4);
    expect(bench.classAt(131, 150)).toBe(5);
    expect(chromePixels(bench.host)).toBe(0);
  });

  test('Shift makes the ellipse in progress a circle at once, though the pointer rests', async () => {
    bench.configure({ tool: 'ellipse' });
    bench.draw({ at: [100, 100] }, { at: [300, 140] });
    bench.key('keydown', 'Shift', { shiftKey: true });
    await frames();
    expect(outlineAt(200, 300)).toBe(true);
    bench.key('keyup', 'Shift');
    await frames();
    expect(outlineAt(200, 300)).toBe(false);
    bench.fire('pointerup', { at: [300, 140] });
    expect(bench.classAt(200, 120)).toBe(HAIR);
    expect(bench.classAt(200, 150)).toBe(0);
  });

  test.each(['lasso', 'ellipse'] as const)('a cancelled %s leaves no trace', async (tool) => {
    bench.configure({ tool });
    bench.draw({ at: [100, 100] }, { at: [300, 140] }, { at: [200, 300] });
    bench.fire('pointercancel', { at: [200, 300] });
    bench.fire('pointerup', { at: [200, 300] });
    bench.fire('pointerleave', { at: [200, 300] });
    await frames();
    expect(bench.painted()).toBe(0);
    expect(bench.mask.undoLabel).toBeNull();
    expect(chromePixels(bench.host)).toBe(0);
  });
});
