import { Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { CLASS_GROUPS, type ClassGroup } from '../../mask/classes';
import { ClassRow } from './ClassRow';
import { ClassSwitch } from './ClassSwitch';
import { CleanUpMenu } from './CleanUpMenu';
import { setClass, usePainter } from './painterStore';
import { useClassShares } from './useMaskDocument';

/** All 19 classes in groups: a column beside the canvas, or a row that scrolls sideways under it. */
export function ClassPalette() {
  const [wanted, setWanted] = useState('');
  const groups = findClasses(wanted);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-y-1 @[40rem]:h-full @[40rem]:grid-cols-1 @[40rem]:grid-rows-[auto_minmax(0,1fr)_auto] @[40rem]:gap-y-0">
      <ClassSearch wanted={wanted} first={groups[0]?.classes[0]?.index} onChange={setWanted} />
      <ChosenClass />
      <ClassList groups={groups} />
    </div>
  );
}

/** The classes whose name or group holds the words; all when there are none. */
function findClasses(wanted: string): ClassGroup[] {
  const words = wanted.trim().toLowerCase();
  const has = (text: string) => text.toLowerCase().includes(words);
  return CLASS_GROUPS.map((group) => ({
    ...group,
    classes: has(group.name) ? group.classes : group.classes.filter(({ label }) => has(label)),
  })).filter(({ classes }) => classes.length > 0);
}

interface ClassSearchProps {
  wanted: string;
  /** Index of the class that Enter chooses. */
  first: number | undefined;
  onChange: (wanted: string) => void;
}

function ClassSearch({ wanted, first, onChange }: ClassSearchProps) {
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || wanted === '') return;
    if (event.key === 'Enter' && first !== undefined) setClass(first);
    else if (event.key !== 'Escape') return;
    event.preventDefault();
    // A running generation is not what Escape is meant for here.
    event.stopPropagation();
    onChange('');
  };
  return (
    <div className="relative ml-2 @[40rem]:mx-2 @[40rem]:mt-2 @[40rem]:mb-1">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        type="search"
        aria-label="Find a class"
        placeholder="Find a class"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="done"
        className="h-8 w-full rounded-lg border border-line bg-sunken pr-2 pl-7.5 text-[0.8125rem] placeholder:text-muted pointer-coarse:h-11"
        value={wanted}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKey}
      />
    </div>
  );
}

/** What is done with the chosen class. With a mouse, hiding and locking are in every class's own row instead. */
function ChosenClass() {
  const classIndex = usePainter((state) => state.classIndex);
  return (
    <div className="flex items-center pr-1 @[40rem]:order-last @[40rem]:border-t @[40rem]:border-line @[40rem]:p-1.5">
      <div className="flex @[40rem]:pointer-fine:hidden">
        <ClassSwitch list="hidden" classIndex={classIndex} />
        <ClassSwitch list="locked" classIndex={classIndex} />
      </div>
      <div className="grow">
        <CleanUpMenu />
      </div>
    </div>
  );
}

function ClassList({ groups }: { groups: readonly ClassGroup[] }) {
  const shares = useClassShares();
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label="Classes"
      className="col-span-full flex min-w-0 snap-x gap-3 overflow-x-auto overscroll-x-contain px-3 py-1 @[40rem]:h-full @[40rem]:flex-col @[40rem]:gap-2 @[40rem]:overflow-y-auto @[40rem]:px-2 @[40rem]:pt-1 @[40rem]:pb-2"
    >
      {groups.map((group) => (
        <fieldset key={group.name} className="shrink-0">
          <legend className="px-1.5 pb-0.5 text-[0.6875rem] font-medium whitespace-nowrap text-muted">
            {group.name}
          </legend>
          <div className="flex gap-1 @[40rem]:flex-col @[40rem]:gap-0">
            {group.classes.map((row) => (
              <ClassRow key={row.key} row={row} name={name} share={shares[row.index] ?? 0} />
            ))}
          </div>
        </fieldset>
      ))}
      {groups.length === 0 && <p className="px-1.5 py-3 text-[0.8125rem] text-muted">No class is called that.</p>}
    </div>
  );
}
