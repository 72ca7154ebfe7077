/** A manifest as the page needs it. */
import { generationFiles, type Manifest } from './manifest';
import type { PackInfo } from './types';

export function toPackInfo(manifest: Manifest): PackInfo {
  const [channels, height, width] = manifest.latent.shape;
  return {
    id: manifest.id,
    title: manifest.title,
    licence: manifest.licence,
    bytes: generationFiles(manifest).reduce((sum, key) => sum + (manifest.files[key]?.bytes ?? 0), 0),
    imageSize: manifest.image_size,
    latentSize: { channels, height, width },
    collaborators: manifest.collaborators.map(({ id, label, condition, influence }) => ({
      id,
      label,
      kind: condition.kind,
      hasInfluence: influence !== undefined,
    })),
    defaults: { ...manifest.defaults },
  };
}
