import { beforeEach, describe, expect, test } from 'vitest';
import { maskDocument } from './maskDocument';
import { DEFAULT_PREFERENCES, MAX_BRUSH, MAX_GAP, validPreferences } from './painterPreferences';
import {
  brushSizeOf,
  nextMaskStyle,
  painterStore,
  setAxis,
  setBrushSize,
  setClass,
  setFill,
  setTool,
  stageSettings,
  swapClasses,
  toggleClass,
  toggleSymmetry,
} from './painterStore';

const [SKIN, LEFT_EYE, RIGHT_EYE, HAIR, HAT] = [1, 4, 5, 13, 14] as const;
const state = () => painterStore.getState();

beforeEach(() => painterStore.setState({ ...DEFAULT_PREFERENCES }));

test('brush and eraser remember their own sizes, held within the limits', () => {
  setBrushSize(40);
  setTool('eraser');
  setBrushSize(9999);
  expect(brushSizeOf(state())).toBe(MAX_BRUSH);
  setTool('brush');
  expect(brushSizeOf(state())).toBe(40);
});

test('choosing a class puts a painting tool in the hand, and keeps the one that is there', () => {
  setTool('pan');
  setClass(3);
  expect(state()).toMatchObject({ tool: 'brush', classIndex: 3 });
  setTool('polygon');
  setClass(4);
  expect(state().tool).toBe('polygon');
});

test('the last two classes swap, however often one of them was chosen again', () => {
  setClass(HAT);
  setClass(HAT);
  swapClasses();
  expect(state()).toMatchObject({ classIndex: HAIR, lastClass: HAT });
  swapClasses();
  expect(state()).toMatchObject({ classIndex: HAT, lastClass: HAIR });
});

describe('mirror', () => {
  test('goes to the middle of the face when switched on, until it is moved by hand', () => {
    const data = new Uint8Array(512 * 512);
    data[200 * 512 + 300] = LEFT_EYE;
    data[200 * 512 + 100] = RIGHT_EYE;
    maskDocument.replace(data, 512, 'Eyes');
    expect(stageSettings(state()).axis).toBeNull();
    toggleSymmetry();
    expect(stageSettings(state()).axis).toBe(200.5);
    setAxis(150);
    toggleSymmetry();
    expect(stageSettings(state()).axis).toBeNull();
    toggleSymmetry();
    expect(stageSettings(state()).axis).toBe(150);
  });

  test('never leaves the mask', () => {
    setAxis(-20);
    expect(state().axis).toBe(0);
    setAxis(600);
    expect(state().axis).toBe(512);
  });
});

describe('rules', () => {
  const covered = () => {
    const { covers } = stageSettings(state());
    return covers && Array.from(covers.keys()).filter((index) => covers[index]);
  };

  test('everything may be painted over but what is locked', () => {
    expect(covered()).toBeNull();
    toggleClass('locked', HAIR);
    expect(covered()).toHaveLength(18);
    expect(covered()).not.toContain(HAIR);
    toggleClass('locked', HAIR);
    expect(covered()).toBeNull();
  });

  test('or only chosen classes, and a lock counts among these too', () => {
    toggleClass('overClasses', SKIN);
    toggleClass('overClasses', HAIR);
    expect(covered()).toBeNull();
    painterStore.setState({ over: 'chosen' });
    expect(covered()).toEqual([SKIN, HAIR]);
    toggleClass('locked', SKIN);
    expect(covered()).toEqual([HAIR]);
  });
});

test('gaps are held within the limits, and one fill option leaves the other alone', () => {
  setFill({ connectivity: 8 });
  setFill({ closeGaps: 99 });
  expect(state().fill).toEqual({ connectivity: 8, closeGaps: MAX_GAP });
});

test('mask styles go round', () => {
  const seen = Array.from({ length: 4 }, () => {
    nextMaskStyle();
    return state().maskStyle;
  });
  expect(seen).toEqual(['patterns', 'outlines', 'colours', 'patterns']);
});

describe('preferences of an earlier visit', () => {
  test('fall back one by one where they are damaged', () => {
    expect(validPreferences(null)).toEqual({});
    expect(validPreferences('nonsense')).toEqual({});
    const damaged = {
      tool: 'laser',
      classIndex: 19,
      lastClass: 1.5,
      brushSize: Number.NaN,
      eraserSize: 30,
      eraseTo: 'future',
      fill: { connectivity: 6, closeGaps: 2 },
      opacity: '1',
      symmetry: true,
      axis: 513,
      locked: [HAIR, 19],
      hidden: [HAT],
      over: 'some',
      maskStyle: 'stripes',
      underlay: 'picture',
      toString: 'mine',
    };
    expect(validPreferences(damaged)).toEqual({ eraserSize: 30, symmetry: true, hidden: [HAT] });
  });

  test('all come back as they were', () => {
    const kept = {
      ...DEFAULT_PREFERENCES,
      tool: 'lasso',
      fill: { connectivity: 8, closeGaps: 3 },
      axis: 201.5,
      locked: [SKIN],
      underlay: 'paper',
    };
    expect(validPreferences(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });
});
