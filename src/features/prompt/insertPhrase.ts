/** Adds a phrase to a description as a person would: after a comma, before the final full stop. */
export function insertPhrase(description: string, phrase: string): string {
  const text = description.trim().replace(/[.,;\s]+$/, '');
  if (text === '') return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
  return `${text}, ${phrase}.`;
}
