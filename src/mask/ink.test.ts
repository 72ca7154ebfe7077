import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASS_COUNT } from './classes';
import { coverRule, paintRun, type Ink } from './ink';

const LENGTH = 40;
const classIndex = fc.integer({ min: 0, max: CLASS_COUNT - 1 });
const bytes = fc.array(classIndex, { minLength: LENGTH, maxLength: LENGTH }).map((values) => Uint8Array.from(values));
const covers = fc.option(fc.uint8Array({ min: 0, max: 1, minLength: CLASS_COUNT, maxLength: CLASS_COUNT }));
const offset = fc.integer({ min: 0, max: LENGTH });

test('paints what the rule lets it cover, within its run, from a class or from a mask', () => {
  fc.assert(
    fc.property(bytes, fc.oneof(classIndex, bytes), covers, offset, offset, (before, source, rule, start, end) => {
      const ink: Ink = { source, covers: rule };
      const after = before.slice();
      paintRun(after, start, end, ink);
      for (const [i, old] of before.entries()) {
        const painted = i >= start && i < end && (rule === null || rule[old] === 1);
        const fresh = typeof source === 'number' ? source : source[i];
        expect(after[i]).toBe(painted ? fresh : old);
      }
    }),
  );
});

test('a rule lets through the chosen classes less the locked ones', () => {
  const some = fc.uniqueArray(classIndex);
  fc.assert(
    fc.property(fc.option(some), some, (only, locked) => {
      const rule = coverRule(only, locked);
      const allowed = Array.from({ length: CLASS_COUNT }, (_, i) => (only?.includes(i) ?? true) && !locked.includes(i));
      expect(rule ? [...rule].map((flag) => flag === 1) : null).toEqual(allowed.includes(false) ? allowed : null);
    }),
  );
});

test('no rule at all leaves the fast way open', () => {
  expect(coverRule(null, [])).toBeNull();
  expect(coverRule([], [])).toEqual(new Uint8Array(CLASS_COUNT));
});
