/**
 * Every message between the page and the worker. Each call has an id of its own and ends in exactly one of `result`,
 * `error` and `aborted`; a reply with an id that nobody waits for is stale and dropped.
 */
import type { WireError } from './errors';
import type { EngineInfo, GenerateJob, GenerateResult, LoadOptions, LoadProgress, PackInfo, StepFrame } from './types';

/** Calls by kind: what they take and what they give. */
export interface Calls {
  describe: { args: { packUrl: string }; result: PackInfo };
  load: { args: { packUrl: string; options: LoadOptions }; result: EngineInfo };
  generate: { args: { job: GenerateJob }; result: GenerateResult };
}

export type CallKind = keyof Calls;

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
  | { kind: 'step'; id: number; frame: StepFrame }
  /** Still alive: sent between network calls, so that the page can tell slow from dead. */
  | { kind: 'heartbeat'; id: number };

/** What must be moved, not copied, when a reply is posted. */
export function transferables(reply: Reply): Transferable[] {
  if (reply.kind === 'step') {
    return [reply.frame.preview, ...reply.frame.influence.map((map) => map.weights.buffer)];
  }
  if (reply.kind === 'result' && 'image' in reply.value) {
    return [reply.value.image, reply.value.pixels.buffer];
  }
  return [];
}
