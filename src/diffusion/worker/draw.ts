/** From a run's latents to pictures, on the way and at the end. */
import type { Manifest } from '../shared/manifest';
import type { EditOutcome } from './editRun';
import type { FrameSink } from './frameSink';
import type { Networks } from './networks';
import { toBitmap, toPixels } from './pictures';
import { notFinite, type StepMade, type StepOutcome } from './run';

/**
 * The maths wait this long for a slow page before a frame is dropped, or as long as the last step took, if that is longer. Only a page
 * that has all but stopped may lose steps of its strip: on a machine busy with other work an answer can take a second.
 */
const MIN_FRAME_WAIT_MS = 5000;

/** @param latent [C, H, W]  @returns the picture's pixels: RGBA, `image_size` squared */
export async function decode(
  { codec, image_size: size, latent: { shape } }: Manifest,
  networks: Networks,
  latent: Float32Array,
): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const image = await networks.run(codec.decoder, { latent: { data: latent, shape: [1, ...shape] } });
  if (!image.every(Number.isFinite)) throw notFinite();
  return toPixels(image, size);
}

export async function showStep(
  manifest: Manifest,
  networks: Networks,
  outcome: StepOutcome,
  sink: FrameSink,
): Promise<void> {
  const { step, total, timestep } = outcome;
  sink.push({ step, total, timestep, ...(await frameOf(manifest, networks, outcome, sink)) });
}

export async function showEdit(
  manifest: Manifest,
  networks: Networks,
  outcome: EditOutcome,
  sink: FrameSink,
): Promise<void> {
  const { stage, step, total } = outcome;
  sink.push({ stage, step, total, ...(await frameOf(manifest, networks, outcome, sink)) });
}

/** What frames of all kinds have, once the page has room for one. */
async function frameOf(manifest: Manifest, networks: Networks, made: StepMade, sink: FrameSink) {
  const { codec, latent } = manifest;
  const [channels, height, width] = latent.shape;
  const { x0, influence, milliseconds } = made;
  await sink.room(Math.max(MIN_FRAME_WAIT_MS, milliseconds));
  const image = await networks.run(codec.preview, { latent: { data: x0, shape: [1, channels, height, width] } });
  const preview = await toBitmap(toPixels(image, codec.preview_size), codec.preview_size);
  return { preview, influence, milliseconds, influenceSize: { height, width } };
}
