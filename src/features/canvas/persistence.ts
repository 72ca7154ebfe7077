import { loadMask, saveMask, type MaskKey } from '../../storage/maskStore';
import { copyOfMask, isTouched, onMaskChange, putMask } from './documents';
import { setNotice } from './painterStore';
import { loadSampleMask, loadSamples } from './samples';

let started: Promise<void> | null = null;

/**
 * Puts the last visit's masks back, or the first sample on a first visit, and saves every committed change from then on.
 * Runs once a page however often it is called.
 */
export function startPersistence(): Promise<void> {
  started ??= begin();
  return started;
}

/** The mask to make a face of. On a page that has just opened it waits for the last visit's mask, or the sample. */
export async function currentMask(): Promise<ReturnType<typeof copyOfMask>> {
  await startPersistence();
  return copyOfMask('current');
}

async function begin(): Promise<void> {
  startAutosave();
  await Promise.all([restoreLastVisit('edit'), restoreOrSample()]);
}

async function restoreOrSample(): Promise<void> {
  if (!(await restoreLastVisit('current'))) await placeFirstSample();
}

async function restoreLastVisit(key: MaskKey): Promise<boolean> {
  try {
    const stored = await loadMask(key);
    if (!stored) return false;
    // Whoever was quick enough to paint already keeps what they painted.
    if (!isTouched(key)) putMask(key, stored.bytes, stored.size, stored.baseline);
    return true;
  } catch {
    // No storage (a private window) or a damaged record: the page works as on a first visit.
    return false;
  }
}

async function placeFirstSample(): Promise<void> {
  try {
    const [sample] = await loadSamples();
    if (!sample) return;
    const { data, size } = await loadSampleMask(sample);
    if (!isTouched('current')) putMask('current', data, size);
  } catch {
    setNotice({
      kind: 'info',
      message: 'The sample masks could not be loaded, so the canvas starts empty. Painting works all the same.',
    });
  }
}

/** One write at a time; changes made meanwhile are saved by the next. A write starts with the change itself, so a crash costs nothing. */
function startAutosave(): void {
  const unsaved = new Map<MaskKey, Parameters<typeof saveMask>>();
  let writing = false;
  let warned = false;

  async function save(): Promise<void> {
    if (writing) return;
    writing = true;
    try {
      for (let [next] = unsaved.values(); next; [next] = unsaved.values()) {
        await saveMask(...next);
        // Unless it has changed again meanwhile.
        if (unsaved.get(next[0]) === next) unsaved.delete(next[0]);
      }
    } catch {
      if (!warned) setNotice(NOT_KEPT);
      warned = true;
    } finally {
      writing = false;
    }
  }

  onMaskChange((key, { mask, baseline }) => {
    unsaved.set(key, [key, mask.data.slice(), mask.size, baseline.data.slice()]);
    void save();
  });
  // Another try before the page may go, in case the last write failed.
  document.addEventListener('visibilitychange', () => void save());
  window.addEventListener('pagehide', () => void save());
}

const NOT_KEPT = {
  kind: 'error',
  message: 'This browser does not let the page keep your mask for the next visit.',
  cure: 'Export the mask before you leave.',
} as const;
