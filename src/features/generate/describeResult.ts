import type { ResultRecipe } from '../../storage/resultPng';

/** A sentence for those who do not see the picture. @param step the step on show, or `null` for the finished picture */
export function describeResult(recipe: ResultRecipe, step: number | null): string {
  const what = step === null ? 'A synthetic face' : `Preview of a synthetic face after step ${step} of ${recipe.steps}`;
  const words = recipe.description ? ` and the words “${recipe.description}”` : '';
  const sources: Record<string, string> = {
    both: ` from the painted mask${words}`,
    fixed: ` from the painted mask${words}`,
    mask: ' from the painted mask alone',
    text: recipe.description ? ` from the words “${recipe.description}” alone` : '',
  };
  return `${what}${sources[recipe.mode] ?? ''}, seed ${recipe.seed}.`;
}
