import { describe, expect, test, vi } from 'vitest';
import { MaskDocument } from '../../mask/maskDocument';
import type { Sample, ToolContext } from './tool';
import { createTools } from './tools';

const SIZE = 64;
const HAIR = 13;
const LEFT_EYE = 4;
const RIGHT_EYE = 5;

type Settings = Partial<Pick<ToolContext, 'classIndex' | 'brushRadius' | 'symmetry'>>;

function setUp(settings: Settings = {}) {
  const document = new MaskDocument(SIZE);
  const context = {
    document,
    classIndex: HAIR,
    brushRadius: 4,
    symmetry: false,
    pickClass: vi.fn(),
    panBy: vi.fn(),
    ...settings,
  };
  const classAt = (x: number, y: number) => document.live.data[y * SIZE + x];
  return { document, context, classAt, tools: createTools() };
}

function sample(x: number, y: number, pressure: number | null = null): Sample {
  return { x, y, screen: { x: x * 2, y: y * 2 }, pressure };
}

const painted = (document: MaskDocument) => document.live.data.filter((value) => value !== 0).length;

describe('brush', () => {
  test('draws one unbroken line through all samples, as one step', () => {
    const { document, context, classAt, tools } = setUp();
    tools.brush.begin(context, sample(10, 10));
    tools.brush.move(context, [sample(30, 10), sample(30, 50)]);
    tools.brush.end(context);
    for (let i = 10; i <= 30; i++) expect(classAt(i, 10)).toBe(HAIR);
    for (let i = 10; i <= 50; i++) expect(classAt(30, i)).toBe(HAIR);
    expect(classAt(10, 40)).toBe(0);
    document.undo();
    expect(painted(document)).toBe(0);
    expect(document.undoLabel).toBeNull();
  });

  test('a cancelled stroke leaves no trace, and moves after it draw nothing', () => {
    const { document, context, tools } = setUp();
    tools.brush.begin(context, sample(10, 10));
    tools.brush.move(context, [sample(40, 40)]);
    tools.brush.cancel(context);
    tools.brush.move(context, [sample(50, 50)]);
    expect(painted(document)).toBe(0);
    expect(document.undoLabel).toBeNull();
  });

  test('a light pen draws thinner than a heavy one, and a mouse at full width', () => {
    const areas = [0.1, 1, null].map((pressure) => {
      const { document, context, tools } = setUp({ brushRadius: 10 });
      tools.brush.begin(context, sample(32, 32, pressure));
      tools.brush.end(context);
      return painted(document);
    });
    expect(areas[0]).toBeLessThan(areas[1]! / 2);
    expect(areas[1]).toBe(areas[2]);
  });

  test('both sides: a left eye at the right makes a right eye at the left', () => {
    const { context, classAt, tools } = setUp({ symmetry: true, classIndex: LEFT_EYE });
    tools.brush.begin(context, sample(48, 20));
    tools.brush.end(context);
    expect(classAt(47, 20)).toBe(LEFT_EYE);
    expect(classAt(SIZE - 1 - 47, 20)).toBe(RIGHT_EYE);
  });
});

test('the eraser paints background, whatever class is chosen', () => {
  const { document, context, classAt, tools } = setUp();
  document.replace(new Uint8Array(SIZE * SIZE).fill(1), SIZE, '');
  tools.eraser.begin(context, sample(20, 20));
  tools.eraser.end(context);
  expect(classAt(20, 20)).toBe(0);
  expect(classAt(40, 40)).toBe(1);
});

describe('fill', () => {
  test('is undone when its gesture is cancelled', () => {
    const { document, context, tools } = setUp();
    tools.fill.begin(context, sample(5, 5));
    expect(painted(document)).toBe(SIZE * SIZE);
    tools.fill.cancel(context);
    expect(painted(document)).toBe(0);
  });

  test('both sides: a region across the middle takes one class, two regions take partners', () => {
    const { document, context, classAt, tools } = setUp({ symmetry: true, classIndex: LEFT_EYE });
    tools.fill.begin(context, sample(50, 20));
    tools.fill.end(context);
    expect(document.live.data.every((value) => value === LEFT_EYE)).toBe(true);
    const wall = new Uint8Array(SIZE * SIZE).map((_, i) => (i % SIZE === SIZE / 2 ? HAIR : 0));
    document.replace(wall, SIZE, '');
    tools.fill.begin(context, sample(50, 20));
    tools.fill.end(context);
    expect(classAt(50, 20)).toBe(LEFT_EYE);
    expect(classAt(10, 20)).toBe(RIGHT_EYE);
  });
});

test('pick tells the class where the pointer was let go, and nothing outside the mask or when cancelled', () => {
  const { document, context, tools } = setUp();
  document.replace(
    new Uint8Array(SIZE * SIZE).map((_, i) => (i % SIZE < 32 ? 1 : 17)),
    SIZE,
    '',
  );
  tools.pick.begin(context, sample(5, 5));
  tools.pick.move(context, [sample(60, 5)]);
  tools.pick.end(context);
  expect(context.pickClass.mock.calls).toEqual([[17]]);
  tools.pick.begin(context, sample(-3, 5));
  tools.pick.end(context);
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
