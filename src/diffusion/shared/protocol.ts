/**
 * Every message between the page and the worker. Each call has an id of its own and ends in exactly one of `result`,
 * `error` and `aborted`; a reply with an id that nobody waits for is stale and dropped.
 */
import type { WireError } from './errors';
import type {
  EditFrame,
  EditJob,
  EditResult,
  EngineInfo,
  FaceReading,
  FoundFace,
  GenerateJob,
  GenerateResult,
  LoadOptions,
  LoadProgress,
  PackInfo,
  RgbaPicture,
  StepFrame,
} from './types';

/** Calls by kind: what they take, what they give, and what they show on the way. */
export interface Calls {
  describe: { args: { packUrl: string }; result: PackInfo; frame: never };
  load: { args: { packUrl: string; options: LoadOptions }; result: EngineInfo; frame: never };
  generate: { args: { job: GenerateJob }; result: GenerateResult; frame: StepFrame };
  findFaces: { args: { photo: RgbaPicture }; result: FoundFace[]; frame: never };
  readFace: { args: { image: Uint8ClampedArray<ArrayBuffer> }; result: FaceReading; frame: never };
  edit: { args: { job: EditJob }; result: EditResult; frame: EditFrame };
}

export type CallKind = keyof Calls;

/** What is shown of one step, by any call that has steps. */
export type Frame = Calls[CallKind]['frame'];

export type CallRequest = { [K in CallKind]: { kind: K; id: number } & Calls[K]['args'] }[CallKind];

export type Request =
  | CallRequest
  /** The page has taken the frame in; the next may come. */
  | { kind: 'ack'; id: number }
  | { kind: 'abort'; id: number };

export type Reply =
  | { kind: 'result'; id: number; value: Calls[CallKind]['result'] }
  | { kind: 'error'; id: number; error: WireError }
  | { kind: 'aborted'; id: number }
  | { kind: 'progress'; id: number; progress: LoadProgress }
  | { kind: 'step'; id: number; frame: Frame }
  /** Still alive: sent between network calls, so that the page can tell slow from dead. */
  | { kind: 'heartbeat'; id: number };

/** What must be moved, not copied, when a reply is posted. */
export function transferables(reply: Reply): Transferable[] {
  if (reply.kind === 'step') {
    return [reply.frame.preview, ...reply.frame.influence.map((map) => map.weights.buffer)];
  }
  if (reply.kind !== 'result') return [];
  const { value } = reply;
  if ('image' in value) return [value.image, value.pixels.buffer];
  if ('edits' in value) return [value.reconstruction.buffer, ...value.edits.map(({ pixels }) => pixels.buffer)];
  return [];
}
