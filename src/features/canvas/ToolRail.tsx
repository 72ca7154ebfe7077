import { useId } from 'react';
import { TOOL_IDS } from '../../stage/tools/tool';
import { cx } from '../../ui/cx';
import { setTool, usePainter } from './painterStore';
import { TOOLS } from './toolList';

/** The tools, one of which is in the hand. */
export function ToolRail() {
  const chosen = usePainter((state) => state.tool);
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label="Tools"
      className="grid grid-cols-8 @[40rem]:grid-cols-1 @[40rem]:place-content-start @[40rem]:gap-1"
    >
      {TOOL_IDS.map((id) => {
        const { label, hotkey, Icon } = TOOLS[id];
        return (
          <label
            key={id}
            title={`${label} (${hotkey})`}
            className={cx(
              'relative flex h-11 items-center justify-center rounded-lg transition-colors @[40rem]:w-11 @[40rem]:pointer-fine:size-9',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
              id === chosen ? 'bg-accent text-on-accent' : 'text-muted hover:bg-sunken hover:text-ink',
            )}
          >
            <input
              type="radio"
              name={name}
              aria-label={label}
              checked={id === chosen}
              onChange={() => setTool(id)}
              className="absolute inset-0 m-0 cursor-pointer opacity-0"
            />
            <Icon size={19} aria-hidden />
          </label>
        );
      })}
    </div>
  );
}
