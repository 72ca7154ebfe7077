import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverRule } from '../../mask/ink';
import { drag, HAIR, LEFT_EYE, maskOf, RIGHT_EYE, sample, setUp, SIZE, SKIN } from './testBench';

describe('brush', () => {
  test('draws one unbroken line through all samples, as one step', () => {
    const { document, context, classAt, painted, tools } = setUp();
    tools.brush.begin(context, sample(10, 10));
    tools.brush.move(context, [sample(30, 10), sample(30, 50)]);
    expect(tools.brush.end(context)).toBe('Brush lifted.');
    for (let i = 10; i <= 30; i++) expect(classAt(i, 10)).toBe(HAIR);
    for (let i = 10; i <= 50; i++) expect(classAt(30, i)).toBe(HAIR);
    expect(classAt(10, 40)).toBe(0);
    document.undo();
    expect(painted()).toBe(0);
    expect(document.undoLabel).toBeNull();
  });

  test('says so when nothing has changed', () => {
    const { document, context, tools } = setUp();
    document.replace(new Uint8Array(SIZE * SIZE).fill(HAIR), SIZE, '');
    expect(drag(tools.brush, context, sample(10, 10))).toBe('Nothing changed.');
  });

  test('a cancelled stroke leaves no trace, and moves after it draw nothing', () => {
    const { document, context, painted, tools } = setUp();
    tools.brush.begin(context, sample(10, 10));
    tools.brush.move(context, [sample(40, 40)]);
    tools.brush.cancel(context);
    tools.brush.move(context, [sample(50, 50)]);
    expect(painted()).toBe(0);
    expect(document.undoLabel).toBeNull();
  });

  test('an undo in the middle of a stroke ends it', () => {
    const { document, context, painted, tools } = setUp();
    tools.brush.begin(context, sample(10, 10));
    document.undo();
    tools.brush.move(context, [sample(40, 40)]);
    tools.brush.end(context);
    expect(painted()).toBe(0);
  });

  test('a light pen draws thinner than a heavy one, and a mouse at full width', () => {
    const areas = [0.1, 1, null].map((pressure) => {
      const { context, painted, tools } = setUp({ brushSize: 20 });
      drag(tools.brush, context, sample(32, 32, { pressure }));
      return painted();
    });
    expect(areas[0]).toBeLessThan(areas[1]! / 2);
    expect(areas[1]).toBe(areas[2]);
  });

  test('covers only what the paint rule allows', () => {
    const { document, context, classAt, tools } = setUp({ covers: coverRule(null, [SKIN]) });
    document.replace(
      maskOf(SKIN, (x) => x < 32),
      SIZE,
      '',
    );
    drag(tools.brush, context, sample(20, 20), sample(50, 20));
    expect(classAt(20, 20)).toBe(SKIN);
    expect(classAt(40, 20)).toBe(HAIR);
  });
});

describe('straight lines', () => {
  const shift = { shift: true };

  test('a press with Shift draws from where the last stroke ended', () => {
    const { document, context, classAt, tools } = setUp();
    drag(tools.brush, context, sample(10, 10));
    drag(tools.brush, context, sample(50, 50, shift));
    expect(classAt(30, 30)).toBe(HAIR);
    document.undo();
    expect(classAt(30, 30)).toBe(0);
    expect(classAt(10, 10)).toBe(HAIR);
  });

  test('a cancelled stroke is not the one to go on from, and a first one starts where it is pressed', () => {
    const { context, classAt, painted, tools } = setUp();
    tools.brush.begin(context, sample(10, 50));
    tools.brush.cancel(context);
    drag(tools.brush, context, sample(50, 50, shift));
    expect(classAt(30, 50)).toBe(0);
    expect(painted()).toBeLessThan(70);
  });

  test('Shift in the middle of a stroke turns a straight line around where it was pressed, in steps of 15°', () => {
    const { context, classAt, tools } = setUp({ brushSize: 4 });
    const free = sample(10, 30);
    drag(tools.brush, context, sample(10, 10), free, sample(40, 50, shift), sample(50, 33, shift));
    expect(classAt(10, 20)).toBe(HAIR);
    expect(classAt(49, 30)).toBe(HAIR);
    // What an earlier move of the same line had drawn is gone.
    expect(classAt(25, 40)).toBe(0);
  });

  test('letting go of Shift draws nothing by itself, and then the stroke is free again', () => {
    const { context, classAt, painted, tools } = setUp({ brushSize: 4 });
    tools.brush.begin(context, sample(10, 10));
    tools.brush.move(context, [sample(40, 13, shift)]);
    const straight = painted();
    tools.brush.move(context, [sample(40, 13)]);
    expect(painted()).toBe(straight);
    tools.brush.move(context, [sample(40, 40)]);
    tools.brush.end(context);
    expect(classAt(40, 38)).toBe(HAIR);
  });

  test('whatever the moves, cancelling gives the mask back', () => {
    const moves = fc.array(fc.tuple(fc.integer({ min: -9, max: 72 }), fc.integer({ min: -9, max: 72 }), fc.boolean()));
    fc.assert(
      fc.property(moves, fc.boolean(), (places, isMirrored) => {
        const { document, context, tools } = setUp({ axis: isMirrored ? 30.5 : null });
        const before = maskOf(SKIN, (x, y) => (x + y) % 3 === 0);
        document.replace(before.slice(), SIZE, '');
        tools.brush.begin(context, sample(20, 20));
        tools.brush.move(
          context,
          places.map(([x, y, isStraight]) => sample(x, y, { shift: isStraight })),
        );
        tools.brush.cancel(context);
        expect(document.live.data).toEqual(before);
      }),
    );
  });
});

describe('mirror', () => {
  test('a left eye on one side makes a right eye beyond the axis, wherever that is', () => {
    const { context, classAt, tools } = setUp({ axis: 40, classIndex: LEFT_EYE });
    drag(tools.brush, context, sample(52, 20));
    expect(classAt(51, 20)).toBe(LEFT_EYE);
    expect(classAt(79 - 51, 20)).toBe(RIGHT_EYE);
    expect(classAt(SIZE - 1 - 51, 20)).toBe(0);
  });

  test('pixels mirror onto pixels: with a class without sides both sides are alike', () => {
    const { context, classAt, tools } = setUp({ axis: 30.5 });
    drag(tools.brush, context, sample(37.3, 20.1), sample(44.8, 50.6));
    for (let y = 0; y < SIZE; y++) for (let x = 0; x < 61; x++) expect(classAt(x, y)).toBe(classAt(60 - x, y));
  });
});

describe('eraser', () => {
  test('leaves background, whatever class is chosen', () => {
    const { document, context, classAt, tools } = setUp();
    document.load(new Uint8Array(SIZE * SIZE).fill(SKIN), SIZE, '');
    drag(tools.eraser, context, sample(20, 20));
    expect(classAt(20, 20)).toBe(0);
    expect(classAt(40, 40)).toBe(SKIN);
  });

  test('or brings back the mask as it was loaded, beyond the axis too, with no classes swapped', () => {
    const { document, context, classAt, tools } = setUp({ eraseTo: 'original', axis: 32, brushSize: 60 });
    document.load(
      maskOf(LEFT_EYE, (x) => x < 5),
      SIZE,
      '',
    );
    drag(tools.brush, context, sample(60, 20), sample(60, 50));
    expect(classAt(3, 20)).toBe(HAIR);
    drag(tools.eraser, { ...context, brushSize: 8 }, sample(60, 20));
    expect(classAt(60, 20)).toBe(0);
    expect(classAt(3, 20)).toBe(LEFT_EYE);
    expect(classAt(60, 40)).toBe(HAIR);
  });
});
