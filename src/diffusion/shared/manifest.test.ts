import { describe, expect, it } from 'vitest';
import { AppError } from './errors';
import { editFiles, generationFiles, parseManifest } from './manifest';
import { toPackInfo } from './packInfo';

const KEYS = [
  'tokenizer',
  'text',
  'mask_encoder',
  'mask',
  'mask_influence',
  'text_condition',
  'words',
  'words_influence',
];
const CODEC_KEYS = ['decoder', 'preview'];
const EDIT_KEYS = ['encoder', 'parser', 'attributes', 'detector', 'mesh'];

function validManifest() {
  const files = Object.fromEntries(
    [...KEYS, ...CODEC_KEYS, ...EDIT_KEYS].map((key, i) => [
      key,
      { path: `${key}.onnx`, bytes: 2 ** i, sha256: 'ab'.repeat(32) },
    ]),
  );
  const common = { guidance: 1, influence_schedule: 'none', influence_scale: 1 };
  return {
    format: 1,
    id: 'tiny',
    title: 'Tiny',
    description: '',
    licence: 'Apache-2.0',
    image_size: 32,
    latent: { shape: [4, 8, 8], clip: 4 },
    schedule: { alphas_cumprod: [0.9, 0.5, 0.1], prediction: 'v' },
    text_encoder: { network: 'text', length: 8, width: 16, tokenizer: 'tokenizer' },
    collaborators: [
      {
        ...common,
        id: 'mask',
        label: 'Mask',
        condition: { kind: 'class_mask', size: 16, classes: 19 },
        encoder: 'mask_encoder',
        denoiser: 'mask',
        influence: 'mask_influence',
      },
      {
        ...common,
        id: 'text',
        label: 'Text',
        condition: { kind: 'tokens' },
        encoder: 'text_condition',
        denoiser: 'words',
        influence: 'words_influence',
      },
    ],
    codec: { encoder: 'encoder', decoder: 'decoder', preview: 'preview', preview_size: 16 },
    helpers: {
      parser: { network: 'parser', size: 32 },
      attributes: { network: 'attributes', size: 32 },
      aligner: { detector: 'detector', mesh: 'mesh' },
    },
    defaults: { steps: 3, eta: 0 },
    quantization: { profile: 'fp32' },
    provenance: { commit: 'abc' },
    files,
  };
}

type Plain = Record<string | number, unknown>;

/** A valid manifest with one field changed; `undefined` removes it. */
function broken(path: readonly (string | number)[], value: unknown): unknown {
  const manifest: Plain = structuredClone(validManifest());
  let at = manifest;
  for (const key of path.slice(0, -1)) at = at[key] as Plain;
  if (value === undefined) delete at[path.at(-1)!];
  else at[path.at(-1)!] = value;
  return manifest;
}

describe('parseManifest', () => {
  it('takes a valid manifest', () => {
    expect(parseManifest(validManifest()).collaborators).toHaveLength(2);
  });

  it.each<[(string | number)[], unknown, string]>([
    [['format'], 2, 'format'],
    [['latent', 'shape'], [4, 8], 'latent.shape.2'],
    [['latent', 'clip'], 0, 'latent.clip'],
    [['schedule', 'alphas_cumprod', 1], 1, 'schedule.alphas_cumprod.1'],
    [['schedule', 'prediction'], 'x0', 'schedule.prediction'],
    [['schedule', 'end'], -1, 'schedule.end'],
    [['schedule', 'end'], 2, 'defaults.steps'],
    [['collaborators'], [], 'collaborators'],
    [['collaborators', 0, 'denoiser'], undefined, 'collaborators.0.denoiser'],
    [['collaborators', 0, 'condition', 'kind'], 'image', 'collaborators.0.condition.kind'],
    [['collaborators', 1, 'id'], 'mask', 'collaborators.1.id'],
    [['collaborators', 1, 'id'], 'both', 'collaborators.1.id'],
    [['collaborators', 1, 'influence_scale'], -1, 'collaborators.1.influence_scale'],
    [['text_encoder'], undefined, 'collaborators.1.condition'],
    [['collaborators', 1, 'guidance_by_class'], [{ class: 19, factor: 0 }], 'collaborators.1.guidance'],
    [['collaborators', 1, 'alone'], { guidance_by_class: [{ class: 19, factor: 0 }] }, 'collaborators.1.guidance'],
    [['collaborators', 1, 'alone'], { guidance_on_contours: -1 }, 'collaborators.1.alone.guidance_on_contours'],
    [['collaborators', 0, 'guidance_on_contours'], -1, 'collaborators.0.guidance_on_contours'],
    [
      ['collaborators', 1, 'guidance_by_class'],
      [{ class: 1, factor: -1 }],
      'collaborators.1.guidance_by_class.0.factor',
    ],
    [['defaults', 'steps'], 4, 'defaults.steps'],
    [['files', 'mask', 'path'], '../mask.onnx', 'files.mask.path'],
    [['files', 'mask', 'path'], 'https://host/mask.onnx', 'files.mask.path'],
    [['files', 'mask', 'sha256'], 'AB'.repeat(32), 'files.mask.sha256'],
    [['files', 'decoder'], undefined, 'files.decoder'],
    [['files', 'parser'], undefined, 'files.parser'],
    [['files', 'attributes'], undefined, 'files.attributes'],
    [['files', 'mesh'], undefined, 'files.mesh'],
    [['helpers', 'aligner', 'mesh'], undefined, 'helpers.aligner.mesh'],
    [['helpers', 'attributes', 'size'], 0, 'helpers.attributes.size'],
  ])('names the field: %j = %j', (path, value, field) => {
    const parse = (): unknown => parseManifest(broken(path, value));
    expect(parse).toThrow(AppError);
    expect(parse).toThrow(expect.objectContaining({ code: 'PACK_INVALID' }));
    expect(parse).toThrow(`not valid: ${field}:`);
  });

  it.each([{ data: undefined }, { data: null }, { data: 'text' }, { data: [] }])('refuses $data', ({ data }) => {
    expect(() => parseManifest(data)).toThrow(expect.objectContaining({ code: 'PACK_INVALID' }));
  });
});

describe('the files of a pack', () => {
  it('are those of a generation, and what photos need besides', () => {
    const manifest = parseManifest(validManifest());
    expect(generationFiles(manifest)).toEqual([...KEYS, 'preview', 'decoder']);
    expect(editFiles(manifest)).toEqual(EDIT_KEYS);
  });
});

describe('toPackInfo', () => {
  it('counts only what a generation downloads', () => {
    const info = toPackInfo(parseManifest(validManifest()));
    expect(info.bytes).toBe(2 ** (KEYS.length + 2) - 1);
    expect(info.latentSize).toEqual({ channels: 4, height: 8, width: 8 });
    expect(info.collaborators.map(({ id, kind, hasInfluence }) => [id, kind, hasInfluence])).toEqual([
      ['mask', 'class_mask', true],
      ['text', 'tokens', true],
    ]);
  });

  it('says what the pack can do with photos, and what that downloads besides', () => {
    const of = (path: string[]) => toPackInfo(parseManifest(broken(path, undefined))).edit;
    const generation = 2 ** (KEYS.length + CODEC_KEYS.length);
    expect(toPackInfo(parseManifest(validManifest())).edit).toEqual({
      hasAligner: true,
      hasAttributes: true,
      bytes: generation * (2 ** EDIT_KEYS.length - 1),
    });
    expect(of(['helpers', 'aligner'])).toEqual({ hasAligner: false, hasAttributes: true, bytes: generation * 7 });
    expect(of(['helpers', 'attributes'])).toMatchObject({ hasAligner: true, hasAttributes: false });
    expect(of(['helpers', 'parser'])).toBeNull();
    expect(of(['codec', 'encoder'])).toBeNull();
  });
});
