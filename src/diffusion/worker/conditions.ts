/** What each collaborator is told, computed once a run. */
import { resampleMask } from '../../mask/resample';
import { AppError } from '../shared/errors';
import { alone, type Collaborator, type Manifest } from '../shared/manifest';
import { blockMeans, checkMask, maskToOneHot, mixedBlocks } from '../shared/oneHot';
import type { GenerateJob } from '../shared/types';
import type { Feeds, Networks, Resident } from './networks';
import type { Tokens } from './tokenize';

export interface Condition {
  given: Resident;
  /** The same encoder told nothing; only where guidance needs it. */
  empty: Resident | null;
}

/** What a run tells its collaborators. */
export type Told = Pick<GenerateJob, 'mask' | 'maskSize' | 'description'>;

export type Tokenize = (text: string, length: number) => Tokens;

/** The collaborators that a mode lets speak, in the pack's order; one alone under its rules for that. */
export function activeCollaborators(manifest: Manifest, mode: GenerateJob['mode']): Collaborator[] {
  const { collaborators } = manifest;
  if (mode !== 'both' && mode !== 'fixed') {
    const only = collaborators.find(({ id }) => id === mode);
    if (!only) throw new AppError('ENGINE_FAILED', `This pack has no model called "${mode}".`, 'Pick another mode.');
    return [alone(only)];
  }
  if (mode === 'both' && collaborators.length > 1 && collaborators.some(({ influence }) => influence === undefined)) {
    throw new AppError(
      'ENGINE_FAILED',
      'The models of this pack have not learned to work together.',
      'Pick a mode with one model, or another pack.',
    );
  }
  return collaborators;
}

/** Throws MASK_INVALID or DESCRIPTION_EMPTY if an active collaborator could not work; costs nothing, so it comes first. */
export function checkTold(active: readonly Collaborator[], told: Told): void {
  for (const { condition } of active) {
    if (condition.kind === 'class_mask') checkMask(told.mask, told.maskSize, condition.classes);
    else if (told.description.trim() === '') {
      const cure = active.length > 1 ? 'Type a description or switch to Mask only.' : 'Type a description.';
      throw new AppError('DESCRIPTION_EMPTY', 'The description is empty.', cure);
    }
  }
}

/**
 * How much of each collaborator's push counts at each latent place, height × width; null where all of it does. The mean of
 * its classes' factors there; more on contours, where a place has more than one class.
 */
export function guidanceReaches(
  active: readonly Collaborator[],
  told: Told,
  sides: readonly [number, number],
): (Float32Array | null)[] {
  const reader = active.map(({ condition }) => condition).find(({ kind }) => kind === 'class_mask');
  if (reader?.kind !== 'class_mask') return active.map(() => null);
  const mask = maskAt(told, reader.size);
  const contours = mixedBlocks(mask, reader.size, sides);
  return active.map(({ guidance_by_class: rules, guidance_on_contours: surplus }) => {
    if (rules.length === 0 && surplus === 0) return null;
    const factors = new Map(rules.map((rule) => [rule.class, rule.factor]));
    const means = blockMeans(
      Float32Array.from(mask, (value) => factors.get(value) ?? 1),
      reader.size,
      sides,
    );
    return means.map((mean, place) => (contours[place] ? mean * (1 + surplus) : mean));
  });
}

/** Adds to `conditions` as it goes, so that a run that stops halfway can still give back what it has. */
export async function encodeConditions(
  manifest: Manifest,
  networks: Networks,
  active: readonly Collaborator[],
  told: Told,
  tokenize: Tokenize | null,
  conditions: Condition[],
): Promise<void> {
  for (const collaborator of active) {
    const feeds = await conditionFeeds(manifest, networks, collaborator, told, tokenize);
    const condition: Condition = { given: await networks.encode(collaborator.encoder, feeds), empty: null };
    conditions.push(condition);
    if (collaborator.guidance !== 1) condition.empty = await networks.encode(collaborator.encoder, emptied(feeds));
  }
}

async function conditionFeeds(
  manifest: Manifest,
  networks: Networks,
  { condition }: Collaborator,
  told: Told,
  tokenize: Tokenize | null,
): Promise<Feeds> {
  if (condition.kind === 'class_mask') {
    const { size, classes } = condition;
    const data = maskToOneHot(maskAt(told, size), classes);
    return { one_hot: { data, shape: [1, classes, size, size] } };
  }
  const text = manifest.text_encoder;
  if (!text || !tokenize) throw new Error('A collaborator reads tokens, but the pack has no text encoder.');
  const { ids, mask } = tokenize(told.description.trim(), text.length);
  const attention = { data: mask, shape: [1, text.length] };
  const embeddings = await networks.run(text.network, {
    input_ids: { data: ids, shape: [1, text.length] },
    attention_mask: attention,
  });
  return { embeddings: { data: embeddings, shape: [1, text.length, text.width] }, attention_mask: attention };
}

/** The told mask at the size that a pack reads. */
function maskAt(told: Told, size: number): Uint8Array {
  return resampleMask({ data: told.mask, size: told.maskSize }, size).data;
}

/** No condition is all zeros, for masks and tokens alike. */
function emptied(feeds: Feeds): Feeds {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, value]) => {
      if ('tensor' in value) throw new Error(`${name} is not on this side of the device.`);
      return [name, { data: new Float32Array(value.data.length), shape: value.shape }];
    }),
  );
}
