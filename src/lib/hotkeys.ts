/**
 * Keys of actions, written as `Mod+Shift+Z`: `Mod` is Command on a Mac and Control elsewhere. The last part is what the key types
 * (`Z`, `?`, `Enter`), `Plus` or `Space` for what could not be written, or a place on the keyboard (`BracketLeft`, `Digit1`) for
 * keys that type something else on other layouts or with Shift.
 */

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const PLACE = /^(Digit\d|Bracket(Left|Right))$/;
const SIGNS: Record<string, string> = { Plus: '+', Space: ' ' };

export function matches(hotkey: string, press: KeyPress): boolean {
  const parts = hotkey.split('+');
  const name = parts.at(-1) ?? '';
  if ((press.ctrlKey || press.metaKey) !== parts.includes('Mod') || press.altKey) return false;
  if (!isSign(name) && press.shiftKey !== parts.includes('Shift')) return false;
  if (PLACE.test(name)) return press.code === name;
  return press.key.toLowerCase() === (SIGNS[name] ?? name).toLowerCase();
}

/** A sign such as `?` needs Shift on some layouts only, so there the sign itself decides. */
function isSign(name: string): boolean {
  return name in SIGNS || /^[^a-z]$/i.test(name);
}

/** Whether the hotkey is a mere letter or sign, which belongs to the text wherever text is typed. */
export function isBareKey(hotkey: string): boolean {
  return !hotkey.includes('Mod+') && hotkey !== 'Escape';
}

/** Whether typing goes into this element. */
export function isTextEntry(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    return !['radio', 'checkbox', 'range', 'button', 'file'].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Whether this device's keyboards have Command keys. */
export const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const PRINTED: Record<string, string> = { Escape: 'Esc', Enter: '↵', Plus: '+', BracketLeft: '[', BracketRight: ']' };
const PRINTED_ON_MAC: Record<string, string> = { Mod: '⌘', Shift: '⇧' };

/** The hotkey as it is printed on the keyboard at hand. */
export function printHotkey(hotkey: string, isMac: boolean): string {
  return hotkey
    .split('+')
    .map((part) => {
      if (part === 'Mod' && !isMac) return 'Ctrl';
      return (isMac && PRINTED_ON_MAC[part]) || (PRINTED[part] ?? capitalize(part.replace('Digit', '')));
    })
    .join(isMac ? ' ' : ' + ');
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
