/** The shape of a pack's `manifest.json` (`models/contracts/pack-manifest.schema.json`), checked with errors that name the field. */
import * as v from 'valibot';
import { AppError } from './errors';
import { mostSteps } from './schedule';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const factor = v.pipe(v.number(), v.minValue(0));
const name = v.pipe(v.string(), v.nonEmpty());
const fileKey = name;

const fileSchema = v.object({
  /** Inside the pack's folder: no way out of it, no other host. */
  path: v.pipe(
    v.string(),
    v.regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/, 'is not a plain relative path'),
  ),
  bytes: count,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not 64 lower-case hex digits')),
});

const conditionSchema = v.variant('kind', [
  v.object({
    kind: v.literal('class_mask'),
    size: count,
    classes: count,
  }),
  v.object({ kind: v.literal('tokens') }),
]);

/** A network that reads pictures of size × size. */
const helperSchema = v.object({ network: fileKey, size: count });

const classFactors = v.array(v.object({ class: index, factor }));

const collaboratorSchema = v.object({
  id: name,
  label: name,
  condition: conditionSchema,
  encoder: fileKey,
  denoiser: fileKey,
  influence: v.optional(fileKey),
  guidance: v.number(),
  /** When a photo is edited; `guidance` when left out. */
  edit_guidance: v.optional(v.number()),
  /** Lowest timestep that is guided; below it the null condition need not run. */
  guidance_from: v.optional(index, 0),
  /** By how much its condition's push is multiplied where the mask has a class; by 1 for classes left out. */
  guidance_by_class: v.optional(classFactors, []),
  /** How much more of the push counts on contours of the mask: 1 is twice as much. */
  guidance_on_contours: v.optional(factor, 0),
  /** What takes the place of these when no other collaborator speaks. */
  alone: v.optional(
    v.object({
      guidance: v.exactOptional(v.number()),
      guidance_by_class: v.exactOptional(classFactors),
      guidance_on_contours: v.exactOptional(factor),
    }),
  ),
  influence_schedule: v.picklist(['none', 'linear', 'cosine']),
  influence_scale: factor,
});

const manifestSchema = v.object({
  format: v.literal(1),
  id: name,
  title: name,
  description: v.string(),
  licence: name,
  image_size: count,
  latent: v.object({
    shape: v.tuple([count, count, count]),
    clip: v.pipe(v.number(), v.gtValue(0)),
  }),
  schedule: v.object({
    // Both ends are open: 1 would divide by zero in the sampler, 0 would lose the signal for ever.
    alphas_cumprod: v.pipe(v.array(v.pipe(v.number(), v.gtValue(0), v.ltValue(1))), v.minLength(2)),
    prediction: v.picklist(['v', 'epsilon']),
    /** A run stays above this timestep: its last step goes from there to x_0 at once. */
    end: v.optional(index, 0),
    /** How much closer steps lie where there is much noise; 1 spaces them evenly. */
    shift: v.optional(v.pipe(v.number(), v.minValue(1)), 1),
  }),
  text_encoder: v.optional(v.object({ network: fileKey, length: count, width: count, tokenizer: fileKey })),
  collaborators: v.pipe(v.array(collaboratorSchema), v.minLength(1)),
  codec: v.object({
    encoder: v.optional(fileKey),
    decoder: fileKey,
    preview: fileKey,
    preview_size: count,
  }),
  helpers: v.optional(
    v.object({
      parser: v.optional(helperSchema),
      attributes: v.optional(helperSchema),
      aligner: v.optional(v.object({ detector: fileKey, mesh: fileKey })),
    }),
  ),
  defaults: v.object({
    steps: count,
    /** When a photo is edited; `steps` when left out. */
    edit_steps: v.optional(count),
    eta: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    /** DDIM when left out. */
    sampler: v.optional(v.picklist(['ddim', 'unipc'])),
  }),
  files: v.record(v.string(), fileSchema),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type Collaborator = Manifest['collaborators'][number];
export type PackFile = Manifest['files'][string];

function invalid(problem: string): AppError {
  return new AppError(
    'PACK_INVALID',
    `The model pack's manifest is not valid: ${problem}.`,
    'Pick another pack, or ask whoever made this one to repair it.',
  );
}

/** The file keys that a generation needs, each once; what photos need is not among them. */
export function generationFiles(manifest: Manifest): string[] {
  const { text_encoder: text, codec, collaborators } = manifest;
  const keys = [
    text?.tokenizer,
    text?.network,
    ...collaborators.flatMap(({ encoder, denoiser, influence }) => [encoder, denoiser, influence]),
    codec.preview,
    codec.decoder,
  ];
  return [...new Set(keys)].filter((key) => key !== undefined);
}

/** The file keys that photos need besides: the photo encoder and the helpers, as far as the pack has them. */
export function editFiles({ codec, helpers }: Manifest): string[] {
  const { parser, attributes, aligner } = helpers ?? {};
  const keys = [codec.encoder, parser?.network, attributes?.network, aligner?.detector, aligner?.mesh];
  return [...new Set(keys)].filter((key) => key !== undefined);
}

/** The collaborator as it is guided when no other speaks. */
export function alone(collaborator: Collaborator): Collaborator {
  return { ...collaborator, ...collaborator.alone };
}

/** What the schema's shape alone cannot say; the first problem found, as "path: problem". */
function findContradiction(manifest: Manifest): string | null {
  const { files, collaborators, defaults, latent, schedule } = manifest;
  for (const key of [...generationFiles(manifest), ...editFiles(manifest)]) {
    if (!Object.hasOwn(files, key)) return `files.${key}: is missing, though another field names it`;
  }
  const ids = new Set<string>();
  const masks = collaborators.flatMap(({ condition }) => (condition.kind === 'class_mask' ? [condition] : []));
  const uneven = masks.some(({ size }) => latent.shape.slice(1).some((side) => size % side !== 0));
  for (const [i, collaborator] of collaborators.entries()) {
    const { id, condition } = collaborator;
    if (ids.has(id) || id === 'both' || id === 'fixed') return `collaborators.${i}.id: "${id}" is taken`;
    ids.add(id);
    if (condition.kind === 'tokens' && !manifest.text_encoder) {
      return `collaborators.${i}.condition: reads tokens, but there is no text_encoder`;
    }
    const guided = [collaborator, alone(collaborator)];
    const named = guided.flatMap(({ guidance_by_class: factors }) => factors);
    const unknown = named.some((rule) => masks.some(({ classes }) => rule.class >= classes));
    const follows = named.length > 0 || guided.some(({ guidance_on_contours: more }) => more > 0);
    if (unknown || (follows && (masks.length === 0 || uneven))) {
      return `collaborators.${i}.guidance: by class and on contours needs a mask that is read, classes that it has, and latent sides that divide its size`;
    }
  }
  const longest = mostSteps(schedule.alphas_cumprod.length, schedule);
  if (defaults.steps > longest) return 'defaults.steps: is more than the schedule has';
  if ((defaults.edit_steps ?? 1) > longest) return 'defaults.edit_steps: is more than the schedule has';
  return null;
}

/** @param data parsed JSON  @throws AppError PACK_INVALID naming the first wrong field */
export function parseManifest(data: unknown): Manifest {
  const result = v.safeParse(manifestSchema, data, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw invalid(`${v.getDotPath(issue) ?? 'the whole file'}: ${issue.message}`);
  }
  const contradiction = findContradiction(result.output);
  if (contradiction) throw invalid(contradiction);
  return result.output;
}
