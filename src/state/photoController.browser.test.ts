import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../diffusion/shared/errors';
import type { DiffusionEngine, EditJob, FoundFace, PackInfo } from '../diffusion/shared/types';
import { openPhoto, readPatch } from '../photo/photoFile';
import type { Picture } from '../photo/picture';
import { keepEdit } from '../storage/editStore';
import { createSession } from './createSession';
import type { EditController } from './editController';
import { editStateOf } from './selectors';

const SIZE = 16;
const [WIDTH, HEIGHT] = [400, 300];

function pack(edit: PackInfo['edit']): PackInfo {
  return {
    id: 'fake',
    title: 'Fake',
    licence: 'none',
    bytes: 1000,
    imageSize: SIZE,
    latentSize: { channels: 1, height: 1, width: 1 },
    collaborators: [
      { id: 'mask', label: 'Mask', kind: 'class_mask', hasInfluence: true },
      { id: 'text', label: 'Text', kind: 'tokens', hasInfluence: true },
    ],
    defaults: { steps: 3, editSteps: 3, eta: 1 },
    edit,
  };
}

const ALL = { hasAligner: true, hasAttributes: false, bytes: 10 };
const face = (changes: Partial<FoundFace> = {}): FoundFace => ({
  crop: { x: 200, y: 150, size: 200, angle: 0 },
  score: 0.9,
  isProfile: false,
  ...changes,
});

/** A session around an engine that finds what it is told, and edits by painting all white. */
function setUp(edit: PackInfo['edit'] = ALL) {
  const info = pack(edit);
  const jobs: EditJob[] = [];
  const engine = {
    describe: vi.fn<DiffusionEngine['describe']>(async () => info),
    load: vi.fn<DiffusionEngine['load']>(async () => ({
      pack: info,
      device: { device: 'wasm', threads: 1, reason: 'A test.', adapter: null },
    })),
    generate: vi.fn<DiffusionEngine['generate']>(),
    findFaces: vi.fn<DiffusionEngine['findFaces']>(async () => [face()]),
    readFace: vi.fn<DiffusionEngine['readFace']>(async () => ({
      mask: new Uint8Array(SIZE * SIZE).fill(1),
      maskSize: SIZE,
      attributes: null,
    })),
    edit: vi.fn<DiffusionEngine['edit']>(async (job) => {
      jobs.push(job);
      const picture = (value: number) => new Uint8ClampedArray(SIZE * SIZE * 4).fill(value);
      const edits = job.strengths.map((strength) => ({ strength, pixels: picture(255) }));
      return { reconstruction: picture(128), edits, milliseconds: 1 };
    }),
    dispose: vi.fn(),
  };
  const mask = { mask: new Uint8Array(SIZE * SIZE), size: SIZE };
  const session = createSession({
    createEngine: () => engine,
    findPack: async () => 'https://example.test/packs/fake/',
    loadOptions: { device: 'wasm', threads: 1 },
    editMask: { put: (bytes, size) => Object.assign(mask, { mask: bytes.slice(), size }), get: () => mask },
  });
  return { ...session, engine, jobs, mask };
}

async function photo(width = WIDTH, height = HEIGHT): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'rgb(90 120 60)';
  context.fillRect(0, 0, width, height);
  return new File([await canvas.convertToBlob({ type: 'image/png' })], 'photo.png', { type: 'image/png' });
}

async function downloaded(edits: EditController): Promise<Picture> {
  const { png } = (await edits.download())!;
  const saved = await openPhoto(new File([png], 'saved.png'));
  return readPatch(saved, { x: 0, y: 0, width: saved.width, height: saved.height });
}

beforeEach(async () => {
  localStorage.clear();
  await keepEdit({ photo: null, face: null, painted: null, outcome: null });
});

describe('a photo', () => {
  test('with one plain face is aligned, parsed and described at once', async () => {
    const { photos, store, bench, mask } = setUp();
    await photos.open(await photo());
    const state = store.getState();
    expect([state.editPhase, state.photoDescription, state.editDescription]).toEqual([
      'ready',
      'A person.',
      'A person.',
    ]);
    expect(bench.face?.crop).toEqual(face().crop);
    expect(bench.face?.image.slice(0, 4)).toEqual(Uint8ClampedArray.of(90, 120, 60, 255));
    expect(mask.mask.every((value) => value === 1)).toBe(true);
  });

  test('is looked at in a small copy, and faces are given in its own pixels', async () => {
    const { photos, engine, bench } = setUp();
    engine.findFaces.mockImplementationOnce(async (small) => [
      face({ crop: { x: small.width / 2, y: 100, size: 200, angle: 1 } }),
    ]);
    await photos.open(await photo(2560, 2000));
    const [small] = engine.findFaces.mock.calls[0]!;
    expect([small.width, small.height]).toEqual([1280, 1000]);
    expect(bench.face?.crop).toEqual({ x: 1280, y: 200, size: 400, angle: 1 });
  });

  test.each([
    ['none', []],
    ['several', [face(), face()]],
    ['profile', [face({ isProfile: true })]],
    ['tiny', [face({ crop: { x: 50, y: 50, size: 60, angle: 0 } })]],
  ])('asks for the square: %s', async (reason, faces) => {
    const { photos, store, engine } = setUp();
    engine.findFaces.mockResolvedValueOnce(faces);
    await photos.open(await photo());
    const { editPhase, cropReason, crop } = store.getState();
    expect([editPhase, cropReason]).toEqual(['cropping', reason]);
    expect(crop).not.toBeNull();
    await photos.alignCrop();
    expect(store.getState().editPhase).toBe('ready');
  });

  test('without a pack that finds faces it is not looked at, and nothing is loaded yet', async () => {
    const { photos, store, engine, controller } = setUp({ ...ALL, hasAligner: false });
    await controller.describe();
    await photos.open(await photo());
    expect([store.getState().editPhase, store.getState().cropReason]).toEqual(['cropping', 'no-aligner']);
    expect(engine.load).not.toHaveBeenCalled();
  });

  test('a failure leaves the square to the person, and says why', async () => {
    const { photos, store, engine } = setUp();
    engine.findFaces.mockRejectedValueOnce(new AppError('OFFLINE', 'No network.', 'Connect.'));
    await photos.open(await photo());
    expect([store.getState().editPhase, store.getState().editProblem?.code]).toEqual(['cropping', 'OFFLINE']);
    expect(editStateOf(store.getState())).toBe('error');
    engine.readFace.mockRejectedValueOnce(new AppError('ENGINE_FAILED', 'It broke.', 'Try again.'));
    await photos.alignCrop();
    expect(store.getState().editPhase).toBe('cropping');
    await photos.alignCrop();
    expect([store.getState().editPhase, store.getState().editProblem]).toEqual(['ready', null]);
  });

  test('cancelled while its face is looked for, it waits for the square', async () => {
    const { photos, host, store, engine } = setUp();
    engine.findFaces.mockImplementationOnce(async (_photo, _onProgress, signal) => {
      host.cancel();
      signal.throwIfAborted();
      return [];
    });
    await photos.open(await photo());
    expect([store.getState().editPhase, store.getState().editProblem]).toEqual(['cropping', null]);
  });

  test('a pack that cannot read photos says so', async () => {
    const { photos, store } = setUp(null);
    await photos.open(await photo());
    expect(store.getState().editProblem?.code).toBe('EDIT_UNSUPPORTED');
  });

  test('the last of two opened at once is taken', async () => {
    const { photos, store } = setUp();
    const [first, second] = [await photo(), new File([await photo(500, 400)], 'second.png')];
    await Promise.all([photos.open(first), photos.open(second)]);
    expect([store.getState().photo?.name, store.getState().editPhase]).toEqual(['second.png', 'ready']);
  });

  test('words that the person wrote outlive another square, the net’s own do not', async () => {
    const { photos, store } = setUp();
    await photos.open(await photo());
    store.getState().setEdit({ editDescription: 'A pirate.' });
    photos.adjustCrop();
    await photos.alignCrop();
    expect(store.getState().editDescription).toBe('A pirate.');
    await photos.open(await photo());
    expect(store.getState().editDescription).toBe('A person.');
  });
});

describe('an edit', () => {
  async function ready() {
    const session = setUp();
    await session.photos.open(await photo());
    session.store
      .getState()
      .setEdit({ editDescription: 'A bald man.', strength: 0.6, balance: 0.5, editSeed: 9, editSteps: 4 });
    return session;
  }

  test('is asked for as it was set, and is there to see and to keep', async () => {
    const { edits, store, jobs } = await ready();
    await edits.apply('one');
    expect(jobs[0]).toMatchObject({ strengths: [0.6], balance: 0.5, seed: 9, steps: 4, mode: 'both' });
    expect(jobs[0]!.source.description).toBe('A person.');
    expect(jobs[0]!.target.description).toBe('A bald man.');
    expect(store.getState().editPhase).toBe('done');
    expect(store.getState().shownEdit?.afterUrl).toMatch(/^blob:/);
    // White where the region is, in the middle of the face; the photo's own bytes at the photo's corner.
    const { pixels, width, height } = await downloaded(edits);
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    expect(pixels[(150 * WIDTH + 200) * 4]).toBeGreaterThan(200);
    expect(pixels.slice(0, 4)).toEqual(Uint8ClampedArray.of(90, 120, 60, 255));
  });

  test('the strip of strengths shows the nearest to the one that is set, that of models all together', async () => {
    const { edits, store, jobs } = await ready();
    await edits.apply('strengths');
    expect(store.getState().variants.map(({ strength }) => strength)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(store.getState().variant).toBe(3);
    jobs.length = 0;
    await edits.apply('models');
    expect(jobs.map(({ mode, strengths }) => [mode, ...strengths])).toEqual([
      ['mask', 0.6],
      ['text', 0.6],
      ['both', 0.6],
    ]);
    expect(store.getState().variant).toBe(2);
  });

  test('that fails leaves the one before', async () => {
    const { edits, store, engine } = await ready();
    await edits.apply('one');
    const { shownEdit } = store.getState();
    engine.edit.mockRejectedValueOnce(new AppError('NOT_FINITE', 'Numbers out of range.', 'Try again.'));
    await edits.apply('one');
    expect([store.getState().editPhase, store.getState().editProblem?.code]).toEqual(['done', 'NOT_FINITE']);
    expect(store.getState().shownEdit).toBe(shownEdit);
  });

  test('another session finds photo, face, region and edit again', async () => {
    const { edits, bench } = await ready();
    const painted = new Uint8Array(SIZE * SIZE).fill(1, 5, 9);
    edits.setPainted(painted);
    edits.keepPainted();
    await edits.apply('one');
    await expect
      .poll(async () => {
        const later = setUp();
        await later.memory.restore();
        return later.store.getState().editPhase;
      })
      .toBe('done');
    const later = setUp();
    await later.memory.restore();
    expect(later.bench.face?.crop).toEqual(bench.face?.crop);
    expect(later.bench.painted).toEqual(painted);
    expect((await downloaded(later.edits)).pixels).toEqual((await downloaded(edits)).pixels);
    expect(later.store.getState().editDescription).toBe('A bald man.');
  });

  test('comes back after another photo has taken its place', async () => {
    const { edits, memory, photos, store, mask } = await ready();
    mask.mask.fill(5, 0, 7);
    await edits.apply('one');
    const [kept, { pixels }] = [memory.keepsake()!, await downloaded(edits)];
    kept.mask = { ...kept.mask, mask: kept.mask.mask.slice() };
    await photos.open(new File([await photo(500, 400)], 'second.png'));
    expect(memory.keepsake()).toBeNull();
    await memory.bringBack(kept);
    const state = store.getState();
    expect([state.photo?.name, state.editPhase, state.editDescription]).toEqual(['photo.png', 'done', 'A bald man.']);
    expect((await downloaded(edits)).pixels).toEqual(pixels);
    expect([mask.mask[0], mask.mask[7]]).toEqual([5, 1]);
    const later = setUp();
    await later.memory.restore();
    expect(later.store.getState().photo?.name).toBe('photo.png');
  });
});
