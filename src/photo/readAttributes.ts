/** The attribute net's numbers by name, in the order of models/contracts/face-attributes.json. */
import table from '../../models/contracts/face-attributes.json';

type LabelName = keyof typeof table.appearance;

export interface FaceLook {
  /** A label's likeliest value, and how likely it is, 0–1. */
  readonly label: (name: LabelName) => { value: string; probability: number };
  /** The logit of one of CelebA's attributes. */
  readonly attribute: (name: string) => number;
  readonly years: number;
}

/** @throws RangeError when there are not as many numbers as the table says */
export function readAttributes(numbers: Float32Array): FaceLook {
  const labels = new Map<string, { values: readonly string[]; logits: Float32Array }>();
  let at = table.attributes.length;
  for (const [name, values] of Object.entries(table.appearance)) {
    labels.set(name, { values, logits: numbers.subarray(at, (at += values.length)) });
  }
  if (numbers.length !== at + 1)
    throw new RangeError(`An attribute net gives ${at + 1} numbers, not ${numbers.length}.`);
  return {
    label: (name) => {
      const { values, logits } = labels.get(name)!;
      const best = logits.indexOf(Math.max(...logits));
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit - logits[best]!), 0);
      return { value: values[best]!, probability: 1 / total };
    },
    attribute: (name) => numbers[table.attributes.indexOf(name)]!,
    years: numbers[at]!,
  };
}
