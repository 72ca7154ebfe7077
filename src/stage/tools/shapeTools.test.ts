import { describe, expect, test } from 'vitest';
import { coverRule } from '../../mask/ink';
import { drag, HAIR, LEFT_EYE, maskOf, RIGHT_EYE, sample, setUp, SIZE, SKIN } from './testBench';
import type { StepTool, ToolContext } from './tool';

const CORNERS = [sample(10, 10), sample(30, 10), sample(30, 30), sample(10, 30)];

describe('lasso', () => {
  test('fills what was drawn around, as one step', () => {
    const { document, context, classAt, painted, tools } = setUp();
    expect(drag(tools.lasso, context, ...(CORNERS as [(typeof CORNERS)[0]]))).toBe('Lasso filled.');
    expect(painted()).toBe(400);
    expect(classAt(20, 20)).toBe(HAIR);
    expect(document.undoLabel).toBe('Lasso');
    document.undo();
    expect(painted()).toBe(0);
  });

  test('paints nothing before it is lifted, and shows its outline till then', () => {
    const { context, painted, tools } = setUp();
    tools.lasso.begin(context, CORNERS[0]!);
    tools.lasso.move(context, CORNERS.slice(1));
    expect(painted()).toBe(0);
    expect(tools.lasso.outline?.(context)?.points).toHaveLength(4);
    tools.lasso.cancel(context);
    expect(tools.lasso.outline?.(context)).toBeNull();
    expect(tools.lasso.end(context)).toBe('Nothing changed.');
  });

  test('positions within one screen pixel make the outline no longer', () => {
    const { context, tools } = setUp();
    tools.lasso.begin(context, sample(10, 10));
    for (let i = 0; i < 1000; i++) tools.lasso.move(context, [sample(10 + i * 1e-4, 10)]);
    expect(tools.lasso.outline?.(context)?.points).toHaveLength(1);
  });
});

describe('ellipse', () => {
  test('fills the dragged box, from whichever corner', () => {
    const { document, context, classAt, painted, tools } = setUp();
    expect(drag(tools.ellipse, context, sample(50, 30), sample(20, 40), sample(10, 10))).toBe('Ellipse filled.');
    expect(painted()).toBeCloseTo(Math.PI * 20 * 10, -1.5);
    expect(classAt(11, 20)).toBe(HAIR);
    expect(classAt(11, 11)).toBe(0);
    expect(document.undoLabel).toBe('Ellipse');
  });

  test('Shift makes a circle, Ctrl takes the pressed place as its centre; the last move decides', () => {
    const { context, classAt, tools } = setUp();
    const both = { shift: true, ctrl: true };
    drag(tools.ellipse, context, sample(30, 30), sample(35, 60), sample(50, 35, both));
    expect(classAt(11, 30)).toBe(HAIR);
    expect(classAt(49, 30)).toBe(HAIR);
    expect(classAt(30, 49)).toBe(HAIR);
    expect(classAt(30, 51)).toBe(0);
  });

  test('a sided class gets its partner beyond the axis; locked classes stay', () => {
    const locked = { classIndex: LEFT_EYE, axis: 32, covers: coverRule(null, [SKIN]) };
    const { document, context, classAt, tools } = setUp(locked);
    document.replace(
      maskOf(SKIN, (_, y) => y > 20),
      SIZE,
      '',
    );
    drag(tools.ellipse, context, sample(40, 10), sample(60, 30));
    expect(classAt(50, 18)).toBe(LEFT_EYE);
    expect(classAt(SIZE - 1 - 50, 18)).toBe(RIGHT_EYE);
    expect(classAt(50, 25)).toBe(SKIN);
    expect(classAt(SIZE - 1 - 50, 25)).toBe(SKIN);
  });
});

describe('polygon', () => {
  const click = (tool: StepTool, context: ToolContext, x: number, y: number, contact = {}) =>
    drag(tool, context, sample(x, y, { time: (clock += 1000), ...contact }));
  let clock = 0;

  function withCorners(count = 4) {
    const bench = setUp();
    for (const { x, y } of CORNERS.slice(0, count)) click(bench.tools.polygon, bench.context, x, y);
    return bench;
  }

  test('counts its corners and paints nothing before it is closed', () => {
    const { context, painted, tools } = withCorners(2);
    expect(click(tools.polygon, context, 30, 30)).toBe('Corner 3.');
    expect(painted()).toBe(0);
    expect(tools.polygon.isOpen).toBe(true);
  });

  test('a press on the first corner closes it as one step', () => {
    const { document, context, painted, tools } = withCorners();
    expect(click(tools.polygon, context, 12, 12)).toBe('Polygon closed.');
    expect(painted()).toBe(400);
    expect(tools.polygon.isOpen).toBe(false);
    expect(document.undoLabel).toBe('Polygon');
    document.undo();
    expect(painted()).toBe(0);
  });

  test('a double click sets its corner and closes; a slow second click nearby is another corner', () => {
    const { context, painted, tools } = withCorners(3);
    expect(click(tools.polygon, context, 10, 30)).toBe('Corner 4.');
    expect(click(tools.polygon, context, 10, 31.5)).toBe('Corner 5.');
    expect(click(tools.polygon, context, 11, 31.5, { time: clock + 200 })).toBe('Polygon closed.');
    expect(painted()).toBe(400);
  });

  test('a second press on the very same place closes however late it comes', () => {
    const { context, tools } = withCorners();
    expect(click(tools.polygon, context, 10, 30, { reach: 0 })).toBe('Polygon closed.');
  });

  test('needs three corners', () => {
    const { context, tools } = withCorners(2);
    expect(click(tools.polygon, context, 10, 10)).toBe('A polygon needs three corners.');
    expect(tools.polygon.close(context)).toBe('A polygon needs three corners.');
    expect(tools.polygon.outline?.(context)?.handle).toEqual({ x: 10, y: 10, isHit: false });
    expect(tools.polygon.isOpen).toBe(true);
  });

  test('a corner follows the pointer until it is let go, and a cancelled press takes back only its own', () => {
    const { context, tools } = withCorners(2);
    drag(tools.polygon, context, sample(50, 50, { time: 1e6 }), sample(30, 30));
    tools.polygon.begin(context, sample(60, 60));
    tools.polygon.cancel(context);
    expect(tools.polygon.outline?.(context)?.points).toEqual([
      { x: 10, y: 10 },
      { x: 30, y: 10 },
      { x: 30, y: 30 },
    ]);
  });

  test('the edge in progress follows a hovering pointer, with Shift in steps of 15°', () => {
    const { context, tools } = withCorners(2);
    tools.polygon.hover(context, sample(31, 50));
    expect(tools.polygon.outline?.(context)?.points.at(-1)).toEqual({ x: 31, y: 50 });
    tools.polygon.hover(context, sample(31, 50, { shift: true }));
    expect(tools.polygon.outline?.(context)?.points.at(-1)?.x).toBeCloseTo(30);
    tools.polygon.hover(context, null);
    expect(tools.polygon.outline?.(context)?.points).toHaveLength(2);
  });

  test('over the first corner the handle says that a press would close', () => {
    const { context, tools } = withCorners();
    tools.polygon.hover(context, sample(14, 12));
    expect(tools.polygon.outline?.(context)?.handle?.isHit).toBe(true);
    tools.polygon.hover(context, sample(17, 12));
    expect(tools.polygon.outline?.(context)?.handle?.isHit).toBe(false);
  });

  test('corners can be taken back one by one, and all at once', () => {
    const { document, context, tools } = withCorners(2);
    expect(tools.polygon.stepBack()).toBe('Corner 2 taken back.');
    expect(tools.polygon.stepBack()).toBe('Polygon taken back.');
    expect(tools.polygon.isOpen).toBe(false);
    click(tools.polygon, context, 10, 10);
    tools.polygon.drop();
    expect(tools.polygon.outline?.(context)).toBeNull();
    expect(document.undoLabel).toBeNull();
  });
});
