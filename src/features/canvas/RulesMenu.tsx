import { LockOpen, ShieldCheck } from 'lucide-react';
import { CLASS_GROUPS, faceClass } from '../../mask/classes';
import { Check } from '../../ui/Check';
import { Segmented } from '../../ui/Segmented';
import { ActionLine } from './ActionButton';
import { Menu } from './Menu';
import { PAINTER } from './painterActions';
import { setPainter, toggleClass, usePainter } from './painterStore';
import { Swatch } from './Swatch';

/** What may be painted over. */
export function RulesMenu() {
  const over = usePainter((state) => state.over);
  const locked = usePainter((state) => state.locked);
  return (
    <Menu
      label="Rules"
      Icon={ShieldCheck}
      isActive={over === 'chosen' || locked.length > 0}
      labelClassName="@[42rem]:inline"
      className="w-80"
    >
      <Segmented
        label="Paint over"
        options={[
          { value: 'everything', label: 'Everything' },
          { value: 'chosen', label: 'Chosen classes' },
        ]}
        value={over}
        onChange={(value) => setPainter({ over: value })}
      />
      {over === 'chosen' && <ChosenClasses />}
      <p className="mt-3 text-xs text-muted">
        {locked.length === 0
          ? 'A class that is locked in the list of classes is never painted over.'
          : `Locked, and never painted over: ${locked.map((index) => faceClass(index).label).join(', ')}.`}
      </p>
      {locked.length > 0 && <ActionLine action={PAINTER.unlockAll} Icon={LockOpen} />}
    </Menu>
  );
}

function ChosenClasses() {
  const chosen = usePainter((state) => state.overClasses);
  return (
    <div role="group" aria-label="May be painted over" className="mt-2 grid grid-cols-2 gap-x-2">
      {CLASS_GROUPS.flatMap(({ classes }) => classes).map((row) => (
        <Check
          key={row.index}
          label={row.label}
          mark={<Swatch row={row} className="size-3.5" />}
          checked={chosen.includes(row.index)}
          onChange={() => toggleClass('overClasses', row.index)}
        />
      ))}
    </div>
  );
}
