/** Commands with their names and keys: the one form in which buttons, keys and the help dialog know them. */
import { isBareKey, isTextEntry, matches, type KeyPress } from './hotkeys';

/** Headings of the help dialog, in its order. */
export const ACTION_GROUPS = ['Tools', 'Painting', 'Classes', 'Mask', 'View', 'Picture', 'Photo', 'Page'] as const;

export type ActionGroup = (typeof ACTION_GROUPS)[number];

export interface Action {
  readonly label: string;
  readonly group: ActionGroup;
  /** As in `hotkeys.ts`; none for what only a button does. */
  readonly hotkeys: readonly string[];
  /** Where its keys count: on the whole page, in the painter, or only while the canvas has the focus. */
  readonly scope: 'page' | 'painter' | 'canvas';
  readonly isEnabled: () => boolean;
  readonly perform: () => void;
}

/** Something that keys and hands can do together and no button can: listed in the help beside the actions. */
export interface Gesture {
  readonly label: string;
  readonly group: ActionGroup;
  /** How it is done, in words. */
  readonly how: string;
}

/** The first action with this key, unless the key belongs to text that is being typed. */
export function findAction(
  actions: readonly Action[],
  press: KeyPress & { readonly target?: EventTarget | null },
): Action | undefined {
  const isTyping = isTextEntry(press.target ?? null);
  return actions.find(({ hotkeys }) =>
    hotkeys.some((hotkey) => matches(hotkey, press) && !(isTyping && isBareKey(hotkey))),
  );
}

/** Performs the action that has this key, if it can be performed now. @returns whether it was */
export function performHotkey(actions: readonly Action[], event: KeyboardEvent): boolean {
  // While an input method composes, Enter and Escape are its own.
  if (event.defaultPrevented || event.isComposing) return false;
  const action = findAction(actions, event);
  if (!action?.isEnabled()) return false;
  event.preventDefault();
  action.perform();
  return true;
}
