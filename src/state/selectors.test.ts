import { expect, test } from 'vitest';
import type { CollaboratorInfo, PackInfo } from '../diffusion/shared/types';
import { modeFor, readsDescription } from './selectors';

function pack(...collaborators: [string, CollaboratorInfo['kind']][]): PackInfo {
  return {
    id: 'p',
    title: 'P',
    licence: 'none',
    bytes: 0,
    imageSize: 1,
    latentSize: { channels: 1, height: 1, width: 1 },
    collaborators: collaborators.map(([id, kind]) => ({ id, label: id, kind, hasInfluence: false })),
    edit: null,
    defaults: { steps: 1, editSteps: 1, eta: 0 },
  };
}
const TWO = pack(['mask', 'class_mask'], ['text', 'tokens']);
const ONE = pack(['sketch', 'class_mask']);

test.each([
  [TWO, 'both', 'both'],
  [TWO, 'mask', 'mask'],
  [TWO, 'gone', 'both'],
  [ONE, 'both', 'sketch'],
  [ONE, 'mask', 'sketch'],
])('%# the mode that a pack can run', (info, mode, expected) => expect(modeFor(info, mode)).toBe(expected));

test.each([
  [TWO, 'both', true],
  [TWO, 'text', true],
  [TWO, 'mask', false],
  [ONE, 'both', false],
])('%# whether words are read', (info, mode, expected) => expect(readsDescription(info, mode)).toBe(expected));
