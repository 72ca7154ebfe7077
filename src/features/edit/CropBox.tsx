import { useId, useRef, type ComponentProps, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import alignment from '../../../models/contracts/face-alignment.json';
import type { Point } from '../../mask/raster';
import type { Crop } from '../../photo/crop';
import type { ShownPhoto } from '../../state/editSlice';
import { cx } from '../../ui/cx';
import { placeIn } from '../../ui/placeIn';
import { dragged, held, nudged, type Grip } from './cropMoves';

interface CropBoxProps {
  photo: ShownPhoto;
  crop: Crop;
  onChange: (crop: Crop) => void;
}

const CORNERS = [
  ['left-0 top-0', 'cursor-nwse-resize'],
  ['left-full top-0', 'cursor-nesw-resize'],
  ['left-full top-full', 'cursor-nwse-resize'],
  ['left-0 top-full', 'cursor-nesw-resize'],
] as const;

/** As large as a finger needs, with a small dot to see. */
const GRIP =
  'absolute grid size-11 -translate-x-1/2 -translate-y-1/2 touch-none place-items-center before:size-3.5 before:rounded-full before:border-2 before:border-black/50 before:bg-white';
const KEYS =
  'Arrow keys move it, plus and minus change its size, comma and full stop turn it; Shift makes larger steps.';

/** The crop over its photo: dragged inside to move, by a corner to change its size, by the knob above to turn. */
export function CropBox({ photo, crop, onChange }: CropBoxProps) {
  const field = useRef<HTMLDivElement>(null);
  const keysId = useId();
  const change = (next: Crop) => onChange(held(next, photo));
  const grips = useGrips(field, photo, crop, change);
  const onKey = (event: KeyboardEvent) => {
    const next = event.ctrlKey || event.metaKey || event.altKey ? null : nudged(crop, event.key, event.shiftKey);
    if (!next) return;
    event.preventDefault();
    change(next);
  };
  return (
    <div ref={field} className="absolute inset-0">
      <div
        role="application"
        aria-label="Crop box"
        aria-describedby={keysId}
        // An application widget takes the focus itself.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="absolute aspect-square cursor-move touch-none border-2 border-white shadow-[0_0_0_200vmax_rgb(0_0_0/0.5)] outline-offset-4"
        style={placed(crop, photo)}
        onKeyDown={onKey}
        {...grips('move')}
      >
        <Guides />
        {CORNERS.map(([where, cursor]) => (
          <div key={where} className={cx(GRIP, where, cursor)} {...grips('size')} />
        ))}
        <div aria-hidden className="absolute bottom-full left-1/2 h-7 w-0.5 -translate-x-1/2 bg-white" />
        <div className={cx(GRIP, '-top-7 left-1/2 cursor-grab')} {...grips('turn')} />
      </div>
      <p id={keysId} className="sr-only">
        {KEYS}
      </p>
    </div>
  );
}

/** Pointer handlers for each grip of the box. */
function useGrips(
  field: RefObject<HTMLDivElement | null>,
  photo: ShownPhoto,
  crop: Crop,
  change: (crop: Crop) => void,
): (grip: Grip) => Pick<ComponentProps<'div'>, `onPointer${'Down' | 'Move' | 'Up' | 'Cancel'}`> {
  const drag = useRef<{ grip: Grip; from: Point; crop: Crop } | null>(null);
  const place = (event: PointerEvent): Point => {
    const { x, y } = placeIn(field.current!, event);
    return { x: x * photo.width, y: y * photo.height };
  };
  const letGo = () => {
    drag.current = null;
  };
  return (grip) => ({
    onPointerDown: (event) => {
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { grip, from: place(event), crop };
    },
    onPointerMove: (event) => {
      const { current } = drag;
      if (current?.grip === grip) change(dragged(current.crop, grip, current.from, place(event)));
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  });
}

const MARKS = Object.values(alignment.crop.points);

/** Where eyes and mouth of an aligned face lie. */
function Guides() {
  return (
    <svg aria-hidden viewBox="0 0 1 1" className="pointer-events-none size-full stroke-white/80" fill="none">
      {MARKS.map(([x, y]) => (
        <path
          key={`${x} ${y}`}
          d={`M${x! - 0.05} ${y}h.1M${x} ${y! - 0.025}v.05`}
          strokeWidth="1.5"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}

/** Style that puts a square of the photo over it. */
export function placed({ x, y, size, angle }: Crop, { width, height }: Pick<ShownPhoto, 'width' | 'height'>) {
  return {
    left: `${(x / width) * 100}%`,
    top: `${(y / height) * 100}%`,
    width: `${(size / width) * 100}%`,
    transform: `translate(-50%, -50%) rotate(${angle}rad)`,
  };
}
