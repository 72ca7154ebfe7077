import { decodeMaskPng, type ImportedMask } from '../../mask/png';
import { maskDocument } from './maskDocument';

/** A mask drawn for this page, with a description that fits it. */
export interface Sample {
  id: string;
  label: string;
  description: string;
}

const FOLDER = `${import.meta.env.BASE_URL}samples/`;

let listing: Promise<Sample[]> | null = null;

/** The list of samples, fetched once; a failure is not remembered. */
export function loadSamples(): Promise<Sample[]> {
  listing ??= fetchOk('samples.json')
    .then((response) => response.json() as Promise<Sample[]>)
    .catch((error: unknown) => {
      listing = null;
      throw error;
    });
  return listing;
}

export async function loadSampleMask(sample: Sample): Promise<ImportedMask> {
  const response = await fetchOk(`${sample.id}.png`);
  return decodeMaskPng(new Uint8Array(await response.arrayBuffer()));
}

/** Puts a sample on the canvas as one undoable step. */
export async function placeSample(sample: Sample): Promise<void> {
  const { data, size } = await loadSampleMask(sample);
  maskDocument.replace(data, size, 'Sample');
}

async function fetchOk(name: string): Promise<Response> {
  const response = await fetch(FOLDER + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}
