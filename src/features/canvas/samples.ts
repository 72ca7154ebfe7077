import { once } from '../../lib/once';
import type { ClassMask } from '../../mask/classMask';
import { parseParts, type Part } from '../../mask/parts';
import { decodeMaskPng } from '../../mask/png';
import { maskDocument } from './maskDocument';

/** A mask drawn for this page, with a description that fits it. */
export interface Sample {
  id: string;
  label: string;
  description: string;
}

const FOLDER = `${import.meta.env.BASE_URL}samples/`;

/** The list of samples. */
export const loadSamples = once(() => fetchJson<Sample[]>('samples.json'));

/** The parts to drop into a mask. */
export const loadParts = once(async (): Promise<Part[]> => parseParts(await fetchJson<unknown>('parts.json')));

export async function loadSampleMask({ id }: Sample): Promise<ClassMask> {
  const response = await fetchOk(`${id}.png`);
  return decodeMaskPng(new Uint8Array(await response.arrayBuffer()));
}

/** Puts a sample on the canvas as one undoable step. */
export async function placeSample(sample: Sample): Promise<void> {
  const { data, size } = await loadSampleMask(sample);
  maskDocument.load(data, size, 'Sample');
}

async function fetchJson<T>(name: string): Promise<T> {
  return (await fetchOk(name)).json() as Promise<T>;
}

async function fetchOk(name: string): Promise<Response> {
  const response = await fetch(FOLDER + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}
