import { Dialog } from '../ui/Dialog';
import type { Actions } from './actions/actions';
import { printHotkey } from './actions/hotkeys';

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

interface HelpDialogProps {
  actions: Actions;
  isOpen: boolean;
  onClose: () => void;
}

export function HelpDialog({ actions, isOpen, onClose }: HelpDialogProps) {
  return (
    <Dialog title="Keys and help" isOpen={isOpen} onClose={onClose}>
      <dl className="grid grid-cols-[1fr_auto] gap-y-2 text-sm">
        {Object.values(actions).map(({ id, label, hotkey }) => (
          <div key={id} className="col-span-2 grid grid-cols-subgrid items-center">
            <dt>{label}</dt>
            <dd>
              <kbd className="rounded-md border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs">
                {printHotkey(hotkey, IS_MAC)}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-5 space-y-2 border-t border-line pt-4 text-[0.8125rem] leading-relaxed text-muted">
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
