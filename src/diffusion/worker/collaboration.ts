/** What the collaborators predict together at one place of a run: guidance, influence, blending. Every loop over steps asks here. */
import { blend, equalWeights, guide, influenceWeights } from '../shared/combine';
import type { Collaborator, Manifest } from '../shared/manifest';
import type { InfluenceMap, Mode } from '../shared/types';
import {
  activeCollaborators,
  checkTold,
  encodeConditions,
  guidanceReaches,
  type Condition,
  type Told,
  type Tokenize,
} from './conditions';
import type { Feeds, NdArray, Networks, Resident } from './networks';

/** How much a balance of one raises the influence of the words, and lowers the mask's. It doubles the words' push, and ends the mask's. */
const BALANCE_BASE = 16;

export interface Joint {
  /** v or ε, [C, H, W] */
  predicted: Float32Array;
  /** Per collaborator; empty in uni-modal runs. */
  influence: InfluenceMap[];
}

export type Predict = (x: Float32Array, timestep: number) => Promise<Joint>;

export interface Asked {
  told: Told;
  mode: Mode;
  /** −1 (the mask's models rule) … 1 (those of the words) in mode `both`; 0 is the pack's own. */
  balance: number;
}

interface Voice {
  collaborator: Collaborator;
  condition: Condition;
}

/** The same collaborator with more say, or less: its influence, and how far its condition pushes. */
function leaning(collaborator: Collaborator, balance: number): Collaborator {
  const lean = collaborator.condition.kind === 'tokens' ? balance : -balance;
  return {
    ...collaborator,
    influence_scale: collaborator.influence_scale * BALANCE_BASE ** lean,
    guidance: 1 + (1 + lean) * (collaborator.guidance - 1),
  };
}

export class Collaboration {
  readonly #manifest: Manifest;
  readonly #asked: Asked;
  readonly #tokenize: Tokenize | null;
  readonly #active: Collaborator[];
  readonly #shape: readonly [number, number, number, number];
  readonly #reaches: readonly (Float32Array | null)[];

  /** @throws AppError when the collaborators cannot do what is asked: MASK_INVALID, DESCRIPTION_EMPTY */
  constructor(manifest: Manifest, asked: Asked, tokenize: Tokenize | null) {
    this.#manifest = manifest;
    this.#asked = asked;
    this.#tokenize = tokenize;
    const balance = asked.mode === 'both' ? asked.balance : 0;
    this.#active = activeCollaborators(manifest, asked.mode).map((c) => leaning(c, balance));
    checkTold(this.#active, asked.told);
    this.#shape = [1, ...manifest.latent.shape];
    const [, height, width] = manifest.latent.shape;
    this.#reaches = guidanceReaches(this.#active, asked.told, [height, width]);
  }

  /** Encodes the conditions, lets `work` ask for predictions under them, and gives them back however it ends. */
  async under<T>(networks: Networks, work: (predict: Predict) => Promise<T>): Promise<T> {
    const conditions: Condition[] = [];
    try {
      await encodeConditions(this.#manifest, networks, this.#active, this.#asked.told, this.#tokenize, conditions);
      const voices = this.#active.map((collaborator, i) => ({ collaborator, condition: conditions[i]! }));
      return await work((x, timestep) => this.#predict(networks, voices, x, timestep));
    } finally {
      for (const { given, empty } of conditions) {
        networks.release(given);
        if (empty) networks.release(empty);
      }
    }
  }

  async #predict(networks: Networks, voices: readonly Voice[], data: Float32Array, timestep: number): Promise<Joint> {
    const x: NdArray = { data, shape: this.#shape };
    const predictions: Float32Array[] = [];
    for (const { collaborator, condition } of voices) {
      predictions.push(await networks.run(collaborator.denoiser, feedsOf(x, timestep, condition.given)));
    }
    const weights = await this.#weigh(networks, voices, x, timestep);
    const blended = weights.length > 0 ? blend(predictions, weights) : predictions[0]!;
    const guided = voices.flatMap(({ collaborator, condition: { empty } }, i) =>
      empty && timestep >= collaborator.guidance_from
        ? { ...collaborator, empty, conditional: predictions[i]!, reach: this.#reaches[i]! }
        : [],
    );
    let predicted = blended;
    if (guided.length > 0) {
      predicted = guide(blended, guided, await askUnconditional(networks, guided, x, timestep));
    }
    return {
      predicted,
      influence: weights.map((map, i) => ({ collaborator: voices[i]!.collaborator.id, weights: map })),
    };
  }

  /** One map per collaborator; none when one speaks alone. */
  async #weigh(
    networks: Networks,
    voices: readonly Voice[],
    x: NdArray,
    timestep: number,
  ): Promise<Float32Array<ArrayBuffer>[]> {
    const [, , height, width] = this.#shape;
    const { mode } = this.#asked;
    if (voices.length < 2) return [];
    if (mode === 'fixed') return equalWeights(voices.length, height * width);
    const logits: Float32Array[] = [];
    for (const { collaborator, condition } of voices) {
      logits.push(await networks.run(collaborator.influence!, feedsOf(x, timestep, condition.given)));
    }
    const rules = voices.map(({ collaborator: c }) => ({ schedule: c.influence_schedule, scale: c.influence_scale }));
    return influenceWeights(logits, rules, timestep, this.#manifest.schedule.alphas_cumprod.length);
  }
}

/** Told nothing, all collaborators predict the same: only the most guided one is asked. */
function askUnconditional(
  networks: Networks,
  guided: readonly (Collaborator & { empty: Resident })[],
  x: NdArray,
  timestep: number,
): Promise<Float32Array> {
  const most = guided.reduce((a, b) => (b.guidance > a.guidance ? b : a));
  return networks.run(most.denoiser, feedsOf(x, timestep, most.empty));
}

function feedsOf(x: NdArray, timestep: number, condition: Feeds[string]): Feeds {
  return { x, timestep: { data: Float32Array.of(timestep), shape: [1] }, condition };
}
