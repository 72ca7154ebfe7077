import { decode, encode } from 'fast-png';
import { expect, test } from 'vitest';
import { addPngText } from './pngText';
import { signEditedPng } from './resultPng';

const data = Uint8Array.from({ length: 12 }, (_, i) => i * 20);
const png = () => new Blob([new Uint8Array(encode({ width: 2, height: 2, channels: 3, data }))]);
/** The decoder checks every chunk's checksum. */
const read = async (blob: Blob) => decode(await blob.arrayBuffer(), { checkCrc: true });

test('text is added, and the picture stays', async () => {
  const out = await read(addPngText(png(), { Software: 'test', Note: 'é' }));
  expect(out.text).toEqual({ Software: 'test', Note: 'é' });
  expect([...out.data]).toEqual([...data]);
});

test('an edited photo says so, and how it was made, in words of any script', async () => {
  const recipe = {
    packId: 'nano',
    seed: 7,
    steps: 20,
    balance: 0,
    region: 'auto',
    photoDescription: 'Женщина',
    description: '笑う',
    strength: 0.7,
    mode: 'both',
  };
  const { text } = await read(signEditedPng(png(), recipe));
  expect(text['AI-edited']).toBe('true');
  expect(JSON.parse(text.Recipe!)).toEqual({ 'AI-edited': true, ...recipe });
});
