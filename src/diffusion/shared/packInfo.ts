/** A manifest as the page needs it. */
import { editFiles, generationFiles, type Manifest } from './manifest';
import type { EditInfo, PackInfo } from './types';

function bytesOf(manifest: Manifest, keys: readonly string[]): number {
  return keys.reduce((sum, key) => sum + (manifest.files[key]?.bytes ?? 0), 0);
}

function editInfo(manifest: Manifest): EditInfo | null {
  const { codec, helpers } = manifest;
  if (codec.encoder === undefined || !helpers?.parser) return null;
  const generation = new Set(generationFiles(manifest));
  return {
    hasAligner: helpers.aligner !== undefined,
    hasAttributes: helpers.attributes !== undefined,
    bytes: bytesOf(
      manifest,
      editFiles(manifest).filter((key) => !generation.has(key)),
    ),
  };
}

export function toPackInfo(manifest: Manifest): PackInfo {
  const [channels, height, width] = manifest.latent.shape;
  return {
    id: manifest.id,
    title: manifest.title,
    licence: manifest.licence,
    bytes: bytesOf(manifest, generationFiles(manifest)),
    imageSize: manifest.image_size,
    latentSize: { channels, height, width },
    collaborators: manifest.collaborators.map(({ id, label, condition, influence }) => ({
      id,
      label,
      kind: condition.kind,
      hasInfluence: influence !== undefined,
    })),
    defaults: {
      steps: manifest.defaults.steps,
      editSteps: manifest.defaults.edit_steps ?? manifest.defaults.steps,
      eta: manifest.defaults.eta,
    },
    edit: editInfo(manifest),
  };
}
