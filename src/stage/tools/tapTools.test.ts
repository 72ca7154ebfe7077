import { describe, expect, test } from 'vitest';
import { coverRule } from '../../mask/ink';
import { drag, HAIR, LEFT_EYE, maskOf, RIGHT_EYE, sample, setUp, SIZE, SKIN } from './testBench';

describe('fill', () => {
  test('is undone when its gesture is cancelled', () => {
    const { context, painted, tools } = setUp();
    tools.fill.begin(context, sample(5, 5));
    expect(painted()).toBe(SIZE * SIZE);
    tools.fill.cancel(context);
    expect(painted()).toBe(0);
  });

  test('both sides: a region across the axis takes one class, two regions take partners', () => {
    const { document, context, classAt, tools } = setUp({ axis: 24.5, classIndex: LEFT_EYE });
    drag(tools.fill, context, sample(40, 20));
    expect(document.live.data.every((value) => value === LEFT_EYE)).toBe(true);
    const wall = maskOf(HAIR, (x) => x === 24);
    document.replace(wall, SIZE, '');
    expect(drag(tools.fill, context, sample(40, 20))).toBe('Filled.');
    expect(classAt(40, 20)).toBe(LEFT_EYE);
    expect(classAt(10, 20)).toBe(RIGHT_EYE);
  });

  test('both sides: a place whose image lies outside the mask is filled alone', () => {
    const { document, context, classAt, tools } = setUp({ axis: 10 });
    document.replace(
      maskOf(SKIN, (x) => x === 50),
      SIZE,
      '',
    );
    expect(drag(tools.fill, context, sample(60, 20))).toBe('Filled.');
    expect(classAt(60, 20)).toBe(HAIR);
    expect(classAt(10, 20)).toBe(0);
  });

  test('keeps to its options and to the paint rule', () => {
    const diagonal = maskOf(SKIN, (x, y) => x === y);
    const { document, context, classAt, tools } = setUp({ fill: { connectivity: 8, closeGaps: 0 } });
    document.replace(diagonal.slice(), SIZE, '');
    drag(tools.fill, context, sample(20, 10));
    expect(classAt(10, 20)).toBe(HAIR);
    document.replace(diagonal.slice(), SIZE, '');
    drag(tools.fill, { ...context, fill: { connectivity: 4, closeGaps: 0 } }, sample(20, 10));
    expect(classAt(10, 20)).toBe(0);
    expect(drag(tools.fill, { ...context, covers: coverRule([HAIR], []) }, sample(10, 20))).toBe('Nothing changed.');
  });
});

test('pick tells the class where the pointer was let go, and nothing outside the mask or when cancelled', () => {
  const { document, context, tools } = setUp();
  document.replace(
    maskOf(SKIN, (x) => x > 32),
    SIZE,
    '',
  );
  expect(drag(tools.pick, context, sample(5, 5), sample(60, 5))).toBe('Skin picked.');
  expect(context.pickClass.mock.calls).toEqual([[SKIN]]);
  expect(drag(tools.pick, context, sample(-3, 5))).toBe('Nothing picked.');
  tools.pick.begin(context, sample(5, 5));
  tools.pick.cancel(context);
  expect(context.pickClass).toHaveBeenCalledOnce();
});

test('pan moves by the pointer’s way on the screen', () => {
  const { context, tools } = setUp();
  tools.pan.begin(context, sample(10, 10));
  tools.pan.move(context, [sample(12, 10), sample(15, 9)]);
  tools.pan.end(context);
  tools.pan.move(context, [sample(40, 40)]);
  expect(context.panBy.mock.calls).toEqual([[10, -2]]);
});

test('zoom goes in to the right and up, out to the left and down, around the pressed place', () => {
  const { context, tools } = setUp();
  drag(tools.zoom, context, sample(10, 10), sample(20, 5), sample(5, 10));
  const [[closer, at], [further]] = context.zoomBy.mock.calls as [[number, unknown], [number]];
  expect(closer).toBeCloseTo(Math.exp(0.3));
  expect(at).toEqual({ x: 20, y: 20 });
  expect(further).toBeCloseTo(Math.exp(-0.4));
});

describe('size', () => {
  test('a press that slips by no more than four screen pixels picks the class under it', () => {
    const { context, tools } = setUp();
    expect(drag(tools.size, context, sample(10, 10), sample(12, 10))).toBe('Background picked.');
    expect(context.pickClass.mock.calls).toEqual([[0]]);
    expect(context.setBrushSize).not.toHaveBeenCalled();
  });

  test('dragged sideways, the ring’s edge keeps up with the pointer', () => {
    const { context, tools } = setUp({ brushSize: 20 });
    drag(tools.size, context, sample(10, 10), sample(13, 10), sample(18, 30), sample(-90, 10));
    expect(context.setBrushSize.mock.calls).toEqual([[30], [1]]);
    expect(context.pickClass).not.toHaveBeenCalled();
  });

  test('cancelled, the brush has its old size', () => {
    const { context, tools } = setUp({ brushSize: 20 });
    tools.size.begin(context, sample(10, 10));
    tools.size.move(context, [sample(13, 10)]);
    tools.size.move(context, [sample(20, 10)]);
    tools.size.cancel(context);
    expect(context.setBrushSize).toHaveBeenLastCalledWith(20);
  });
});

describe('axis', () => {
  test('moves with the pointer in half pixels, and not out of the mask', () => {
    const { context, tools } = setUp({ axis: 32 });
    drag(tools.axis, context, sample(34, 0), sample(40.4, 9), sample(90, 9));
    expect(context.moveAxis.mock.calls).toEqual([[38.5], [SIZE]]);
  });

  test('cancelled, it is where it was', () => {
    const { context, tools } = setUp({ axis: 32 });
    tools.axis.begin(context, sample(32, 0));
    tools.axis.move(context, [sample(40, 0)]);
    tools.axis.cancel(context);
    expect(context.moveAxis).toHaveBeenLastCalledWith(32);
  });
});
