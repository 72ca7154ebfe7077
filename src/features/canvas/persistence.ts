import { loadMask, saveMask } from '../../storage/maskStore';
import { maskDocument } from './maskDocument';
import { setNotice } from './painterStore';
import { loadSampleMask, loadSamples } from './samples';

let started: Promise<void> | null = null;

/**
 * Puts the last visit's mask back, or the first sample on a first visit, and saves every committed change from then on.
 * Runs once a page however often it is called.
 */
export function startPersistence(): Promise<void> {
  started ??= begin();
  return started;
}

async function begin(): Promise<void> {
  if (!(await restoreLastVisit())) await placeFirstSample();
  startAutosave();
}

async function restoreLastVisit(): Promise<boolean> {
  try {
    const stored = await loadMask();
    if (!stored) return false;
    // Whoever was quick enough to paint already keeps what they painted.
    if (maskDocument.revision === 0) maskDocument.restore(stored.bytes, stored.size, stored.baseline);
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
    if (maskDocument.revision === 0) maskDocument.restore(data, size);
  } catch {
    setNotice({
      kind: 'info',
      message: 'The sample masks could not be loaded, so the canvas starts empty. Painting works all the same.',
    });
  }
}

/** One write at a time; changes made meanwhile are saved by the next. A write starts with the change itself, so a crash costs nothing. */
function startAutosave(): void {
  let saved = 0;
  let writing = false;
  let warned = false;

  async function save(): Promise<void> {
    if (writing || saved === maskDocument.revision) return;
    writing = true;
    try {
      while (saved !== maskDocument.revision) {
        const revision = maskDocument.revision;
        const { mask, size } = maskDocument.snapshot();
        await saveMask(mask, size, maskDocument.baseline.data);
        saved = revision;
      }
    } catch {
      if (!warned) setNotice(NOT_KEPT);
      warned = true;
    } finally {
      writing = false;
    }
  }

  maskDocument.subscribe(() => void save());
  // Another try before the page may go, in case the last write failed.
  document.addEventListener('visibilitychange', () => void save());
  window.addEventListener('pagehide', () => void save());
  void save();
}

const NOT_KEPT = {
  kind: 'error',
  message: 'This browser does not let the page keep your mask for the next visit.',
  cure: 'Export the mask before you leave.',
} as const;
