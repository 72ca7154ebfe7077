import { expect, test } from 'vitest';
import { readUrlOptions } from './urlOptions';

test.each([
  ['', { pack: null, load: { device: 'auto', threads: null } }],
  ['?pack=nano&device=wasm&threads=2', { pack: 'nano', load: { device: 'wasm', threads: 2 } }],
  ['?device=webgpu', { pack: null, load: { device: 'webgpu', threads: null } }],
  ['?device=gpu&threads=0', { pack: null, load: { device: 'auto', threads: null } }],
  ['?threads=2.5', { pack: null, load: { device: 'auto', threads: null } }],
  ['?threads=999', { pack: null, load: { device: 'auto', threads: null } }],
] as const)('%j', (search, expected) => expect(readUrlOptions(search)).toEqual(expected));
