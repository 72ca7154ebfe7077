/** Keys of actions, written as `Mod+Enter`: `Mod` is Command on a Mac and Control elsewhere. */

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export function matches(hotkey: string, press: KeyPress): boolean {
  const parts = hotkey.split('+');
  const key = parts.at(-1) ?? '';
  if ((press.ctrlKey || press.metaKey) !== parts.includes('Mod') || press.altKey) return false;
  // A sign such as `?` needs Shift on some layouts only, so there the sign itself decides.
  const isNamed = key.length > 1;
  if (isNamed && press.shiftKey !== parts.includes('Shift')) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

/** Whether typing goes into this element, where keys without Mod belong to the text. */
export function isTextEntry(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox', 'range', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** The hotkey as it is printed on the keyboard at hand. */
export function printHotkey(hotkey: string, isMac: boolean): string {
  const names: Record<string, string> = { Mod: isMac ? '⌘' : 'Ctrl', Escape: 'Esc', Enter: '↵' };
  return hotkey
    .split('+')
    .map((part) => names[part] ?? part.toUpperCase())
    .join(isMac ? ' ' : ' + ');
}
