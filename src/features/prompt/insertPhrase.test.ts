import { expect, test } from 'vitest';
import { insertPhrase } from './insertPhrase';

test.each([
  ['', 'a woman', 'A woman.'],
  ['A woman.', 'glasses', 'A woman, glasses.'],
  ['A woman ,', 'glasses', 'A woman, glasses.'],
  ['He is old. He smiles', 'a hat', 'He is old. He smiles, a hat.'],
])('%j and %j give %j', (description, phrase, expected) => expect(insertPhrase(description, phrase)).toBe(expected));
