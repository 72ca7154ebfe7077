import { PAINTER_GESTURES } from '../features/canvas';
import { ACTION_GROUPS, type Action, type ActionGroup } from '../lib/actions';
import { IS_MAC, printHotkey } from '../lib/hotkeys';
import { Dialog } from '../ui/Dialog';

interface HelpDialogProps {
  actions: readonly Action[];
  isOpen: boolean;
  onClose: () => void;
}

/** Every action with its keys, every gesture, and what this page is. */
export function HelpDialog({ actions, isOpen, onClose }: HelpDialogProps) {
  return (
    <Dialog title="Keys and help" isOpen={isOpen} onClose={onClose} className="w-[56rem]">
      <p className="mb-4 text-[0.8125rem] text-muted">
        Single letters and digits count while the canvas has the focus: press it once, or go there with Tab.
      </p>
      <div className="gap-x-8 sm:columns-2">
        {ACTION_GROUPS.map((group) => (
          <Group key={group} name={group} actions={actions.filter((action) => action.group === group)} />
        ))}
      </div>
      <div className="mt-2 space-y-2 border-t border-line pt-4 text-[0.8125rem] leading-relaxed text-muted">
        <p>
          Two diffusion models make one face together: one follows the mask, one the words. At every step and place,
          influence maps say how much each of them counts.
        </p>
        <p>
          The faces are synthetic and belong to nobody. All work is done on this device; the mask, the words and the
          pictures never leave it.
        </p>
      </div>
    </Dialog>
  );
}

/** What has keys or is done by hand line by line, and the names of the rest: these have buttons. */
function Group({ name, actions }: { name: ActionGroup; actions: readonly Action[] }) {
  const others = actions.filter(({ hotkeys }) => hotkeys.length === 0).map(({ label }) => label);
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1 text-xs font-semibold text-muted">{name}</h3>
      <dl className="text-[0.8125rem]">
        {actions.map(({ label, hotkeys }) => hotkeys.length > 0 && <Line key={label} label={label} keys={hotkeys} />)}
        {PAINTER_GESTURES.map(
          ({ group, label, how }) => group === name && <Line key={label} label={label} how={how} keys={[]} />,
        )}
      </dl>
      {others.length > 0 && <p className="pt-1.5 text-xs text-muted">With buttons only: {others.join(', ')}.</p>}
    </section>
  );
}

interface LineProps {
  label: string;
  keys: readonly string[];
  /** For gestures, which are more than keys. */
  how?: string;
}

function Line({ label, keys, how }: LineProps) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-3 border-b border-line/60 py-0.5 last:border-0">
      <dt>{label}</dt>
      <dd className="flex shrink-0 gap-1 text-right text-xs text-muted max-sm:shrink">
        {keys.map((hotkey) => (
          <kbd
            key={hotkey}
            className="rounded-md border border-line bg-sunken px-1.5 py-0.5 font-sans whitespace-nowrap text-ink"
          >
            {printHotkey(hotkey, IS_MAC)}
          </kbd>
        ))}
        {how}
      </dd>
    </div>
  );
}
