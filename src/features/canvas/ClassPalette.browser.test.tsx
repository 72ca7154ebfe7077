import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { maskDocument } from './index';
import { openPainter, type Painter } from './painterBench';
import { DEFAULT_PREFERENCES } from './painterPreferences';
import { painterStore } from './painterStore';

const [SKIN, HAIR, HAT] = [1, 13, 14] as const;

let painter: Painter;
let list: HTMLElement;

beforeEach(async () => {
  painterStore.setState({ ...DEFAULT_PREFERENCES, classIndex: SKIN, notice: null });
  painter = await openPainter();
  list = painter.find('[role=radiogroup][aria-label=Classes]');
});

afterEach(() => painter.close());

const radios = () => [...list.querySelectorAll<HTMLInputElement>('[type=radio]')].map(({ ariaLabel }) => ariaLabel);
const state = () => painterStore.getState();

describe('search', () => {
  /** As a person types: React listens to the browser's own setter. */
  function type(words: string): HTMLElement {
    const field = painter.find('[aria-label="Find a class"]');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, words);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return field;
  }

  test('shows all classes until words are typed, then those that fit by name or group', async () => {
    expect(radios()).toHaveLength(19);
    type('lip');
    await vi.waitFor(() => expect(radios()).toEqual(['Upper lip', 'Lower lip']));
    type('EYES AND');
    await vi.waitFor(() => expect(radios()).toEqual(['Left eye', 'Right eye', 'Left brow', 'Right brow']));
    type('xyz');
    await vi.waitFor(() => expect(list.textContent).toBe('No class is called that.'));
  });

  test('Enter chooses the first, Escape clears and goes no further', async () => {
    const onKey = vi.fn();
    document.addEventListener('keydown', onKey);
    const field = type('hat');
    await vi.waitFor(() => expect(radios()).toContain('Hat'));
    painter.press('Enter', {}, field);
    expect(state().classIndex).toBe(HAIR);
    await vi.waitFor(() => expect(radios()).toHaveLength(19));
    type('nose');
    await vi.waitFor(() => expect(radios()).toContain('Nose'));
    painter.press('Escape', {}, field);
    await vi.waitFor(() => expect(radios()).toHaveLength(19));
    expect(onKey).not.toHaveBeenCalled();
    document.removeEventListener('keydown', onKey);
  });
});

test('a class is hidden and locked by its buttons, which say whether it is', async () => {
  const hide = () => list.querySelector<HTMLElement>('[aria-label="Hide Hair"]')!;
  const lock = () => list.querySelector<HTMLElement>('[aria-label="Lock Hair"]')!;
  expect([hide().ariaPressed, lock().ariaPressed]).toEqual(['false', 'false']);
  hide().click();
  lock().click();
  await vi.waitFor(() => expect([hide().ariaPressed, lock().ariaPressed]).toEqual(['true', 'true']));
  expect(state()).toMatchObject({ hidden: [HAIR], locked: [HAIR] });
  hide().click();
  expect(state().hidden).toEqual([]);
});

describe('rules', () => {
  const HALF = (512 * 512) / 2;

  beforeEach(() => {
    maskDocument.replace(new Uint8Array(512 * 512).fill(SKIN, 0, HALF).fill(HAIR, HALF), 512, 'Halves');
    painterStore.setState({ classIndex: HAT, brushSize: 40 });
  });

  function paint(): Set<number> {
    painter.fire('pointerdown', 0);
    painter.fire('pointerup', 0);
    const { mask } = maskDocument.snapshot();
    return new Set([mask[(256 - 10) * 512 + 256]!, mask[(256 + 10) * 512 + 256]!]);
  }

  test('what is locked is not painted over', () => {
    painter.find('[aria-label="Lock Hair"]').click();
    expect(paint()).toEqual(new Set([HAT, HAIR]));
  });

  test('only chosen classes are painted over', async () => {
    painter.find('button[aria-label=Rules]').click();
    const card = painter.find('[role=group][aria-label=Rules]');
    const choice = (label: string) =>
      vi.waitFor(() => [...card.querySelectorAll('label')].find(({ textContent }) => textContent === label)!.click());
    await choice('Chosen classes');
    await choice('Hair');
    expect(state()).toMatchObject({ over: 'chosen', overClasses: [HAIR] });
    expect(paint()).toEqual(new Set([SKIN, HAT]));
  });
});
