/** The download reads a blob after the click has returned. Milliseconds. */
const UNTIL_READ = 60_000;

/** Hands a file to the person. @param file a blob, or the address of one that somebody else keeps */
export function saveFile(file: Blob | string, name: string): void {
  const link = document.createElement('a');
  link.href = typeof file === 'string' ? file : URL.createObjectURL(file);
  link.download = name;
  link.click();
  if (typeof file !== 'string') setTimeout(() => URL.revokeObjectURL(link.href), UNTIL_READ);
}
