import { useState } from 'react';
import type { ShownEdit } from '../../state/editSlice';

const PERCENT = 100;
const MIDDLE = 50;

/** Photo and edit on both sides of a line that is dragged. */
export function BeforeAfter({ shown }: { shown: ShownEdit }) {
  const [at, setAt] = useState(MIDDLE);
  return (
    <div className="relative mx-auto aspect-square w-full max-w-[34rem] overflow-hidden rounded-xl bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <img src={shown.afterUrl} alt="Edited result" className="absolute inset-0 size-full" draggable={false} />
      <img
        src={shown.beforeUrl}
        alt="Before the edit"
        className="absolute inset-0 size-full"
        style={{ clipPath: `inset(0 ${PERCENT - at}% 0 0)` }}
        draggable={false}
      />
      <div aria-hidden className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow" style={{ left: `${at}%` }}>
        <div className="absolute top-1/2 left-1/2 size-7 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-white bg-black/40" />
      </div>
      <span aria-hidden className="absolute bottom-2 left-2 rounded bg-black/60 px-1.5 text-xs text-white">
        Before
      </span>
      <span aria-hidden className="absolute right-2 bottom-2 rounded bg-black/60 px-1.5 text-xs text-white">
        After
      </span>
      <input
        type="range"
        aria-label="Before and after"
        min={0}
        max={PERCENT}
        value={at}
        aria-valuetext={`${at} % before`}
        className="absolute inset-0 size-full cursor-ew-resize touch-pan-y opacity-0"
        onChange={(event) => setAt(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
