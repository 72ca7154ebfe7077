import { describe, expect, it } from 'vitest';
import fixture from '../../../models/contracts/fixtures/tokenizer.json';
import tokenizer from '../../../models/contracts/fixtures/tiny-pack/tokenizer.json';
import { createTokenizer } from './tokenize';

const file = new TextEncoder().encode(JSON.stringify(tokenizer));

describe('createTokenizer', () => {
  it.each(fixture.cases)('tokenizes $text as Python does', ({ text, ids }) => {
    const tokens = createTokenizer(file)(text, fixture.length);
    expect([...tokens.ids]).toEqual([...ids, ...Array<number>(fixture.length - ids.length).fill(0)]);
    expect([...tokens.mask]).toEqual(Array.from({ length: fixture.length }, (_, i) => (i < ids.length ? 1 : 0)));
  });

  it.each(['', '{}', '[]', '{"model": {}}'])('refuses %j', (text) => {
    expect(() => createTokenizer(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'PACK_INVALID' }),
    );
  });
});
