/** Where the pack to use lies. */
import { AppError } from '../../diffusion/shared/errors';

const ID = /^[a-z0-9][a-z0-9._-]*$/i;

/**
 * @param wanted a pack's id, or `null` for the one that the site names in `packs/default.json`
 * @returns the address of the pack's folder, with a slash at the end
 * @throws AppError `PACK_MISSING`, `PACK_INVALID` or `OFFLINE`
 */
export async function findPack(wanted: string | null, baseUrl: string, signal: AbortSignal): Promise<string> {
  const id = wanted ?? (await defaultPack(baseUrl, signal));
  if (!ID.test(id)) {
    throw new AppError(
      'PACK_INVALID',
      `“${id}” is not the name of a pack.`,
      'Open the page without ?pack= in its address.',
    );
  }
  return new URL(`packs/${id}/`, baseUrl).href;
}

async function defaultPack(baseUrl: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(new URL('packs/default.json', baseUrl), { signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new AppError('OFFLINE', 'The site cannot be reached.', 'Check the connection and try again.', { cause });
  });
  if (!response.ok) {
    throw new AppError(
      'PACK_MISSING',
      'This site has no model pack.',
      'Add one under public/packs and name it in packs/default.json.',
    );
  }
  const json: unknown = await response.json().catch(() => null);
  if (typeof json === 'object' && json !== null && 'default' in json && typeof json.default === 'string')
    return json.default;
  throw new AppError('PACK_INVALID', 'packs/default.json does not name a pack.', 'Write {"default": "ID"} into it.');
}
