/** A description as token ids, by the pack's own tokenizer. */
import { Tokenizer } from '@huggingface/tokenizers';
import * as v from 'valibot';
import { AppError } from '../shared/errors';

export interface Tokens {
  /** [length]; 0 at padding */
  ids: Int32Array<ArrayBuffer>;
  /** [length]; 1 = token, 0 = padding */
  mask: Float32Array<ArrayBuffer>;
}

/** The library checks the rest; without a model it would fail later and unclearly. */
const fileSchema = v.looseObject({ model: v.looseObject({}) });

/** @param file the bytes of `tokenizer.json`  @throws AppError PACK_INVALID */
export function createTokenizer(file: Uint8Array): (text: string, length: number) => Tokens {
  try {
    const data = v.parse(fileSchema, JSON.parse(new TextDecoder().decode(file)));
    const tokenizer = new Tokenizer(data, {});
    return (text, length) => fit(tokenizer.encode(text).ids, length);
  } catch (cause) {
    throw new AppError('PACK_INVALID', 'The tokenizer of this pack cannot be read.', 'Pick another pack.', { cause });
  }
}

/** Cuts to `length`, keeping the closing special token as the Python tokenizer does, or pads. */
function fit(ids: readonly number[], length: number): Tokens {
  const kept = ids.length > length ? [...ids.slice(0, length - 1), ids.at(-1)!] : ids;
  const out: Tokens = { ids: new Int32Array(length), mask: new Float32Array(length) };
  out.ids.set(kept);
  out.mask.fill(1, 0, kept.length);
  return out;
}
