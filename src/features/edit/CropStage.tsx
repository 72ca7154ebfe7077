import { RotateCcwSquare, RotateCwSquare, ScanSearch } from 'lucide-react';
import { useState } from 'react';
import type { Crop } from '../../photo/crop';
import type { CropReason, ShownPhoto } from '../../state/editSlice';
import { useAppState, useSession } from '../../state/session';
import { Button, IconButton } from '../../ui/Button';
import { Slider } from '../../ui/Slider';
import { CropBox, placed } from './CropBox';
import { held, sideLimits, turnedByQuarter } from './cropMoves';
import { AnotherPhoto } from './Intake';
import { PhotoField } from './PhotoField';

const WHY: Record<CropReason, string> = {
  none: 'No face was found in this photo. If there is one, put the square around it: eyes and mouth on the marks.',
  several: 'Which face is to be edited?',
  profile:
    'This head is turned far to the side, which the models know little of. Check the square, or try another photo.',
  tiny: 'This face is very small, so the edit will be coarse. Check the square, or take a larger photo.',
  failed: 'Put the square around the face: eyes and mouth on the marks.',
  'no-aligner': 'Put the square around the face: eyes and mouth on the marks.',
  wish: 'Put the square around the face: eyes and mouth on the marks. Mask and words are read anew from it.',
};

const DEGREE = Math.PI / 180;

/** The photo with its faces to choose from, or with the crop to be set by hand. */
export function CropStage() {
  const photo = useAppState((state) => state.photo);
  const reason = useAppState((state) => state.cropReason);
  const [isByHand, setIsByHand] = useState(false);
  if (!photo) return null;
  const isChoice = reason === 'several' && !isByHand;
  return (
    <section
      aria-label="Crop"
      className="flex min-h-0 grow flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-card"
    >
      <p role="status" className="border-b border-line px-4 py-3 text-sm">
        {WHY[reason]}
      </p>
      {isChoice ? <FaceChoice photo={photo} /> : <ByHand photo={photo} />}
      <div className="flex flex-wrap items-end gap-3 border-t border-line p-4">
        {isChoice ? (
          <>
            <Button onClick={() => setIsByHand(true)}>Set the square myself</Button>
            <OtherPhoto />
          </>
        ) : (
          <CropControls photo={photo} />
        )}
      </div>
    </section>
  );
}

function FaceChoice({ photo }: { photo: ShownPhoto }) {
  const { photos } = useSession();
  const faces = useAppState((state) => state.faces);
  const choose = (i: number) => {
    photos.setCrop(faces[i]!.crop);
    void photos.alignCrop();
  };
  return (
    <PhotoField photo={photo}>
      <ul aria-label="Faces">
        {faces.map(({ crop }, i) => (
          <li key={`${crop.x} ${crop.y}`}>
            <button
              type="button"
              aria-label={`Face ${i + 1}`}
              className="absolute aspect-square rounded-lg border-2 border-white shadow-[0_0_0_1px_rgb(0_0_0/0.5)] hover:bg-white/20"
              style={placed(crop, photo)}
              onClick={() => choose(i)}
            >
              <span className="absolute top-1 left-1 grid size-6 place-items-center rounded-full bg-accent text-xs font-semibold text-on-accent">
                {i + 1}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </PhotoField>
  );
}

function ByHand({ photo }: { photo: ShownPhoto }) {
  const { photos } = useSession();
  const crop = useAppState((state) => state.crop);
  return (
    <PhotoField photo={photo}>
      {crop && <CropBox photo={photo} crop={crop} onChange={(next) => photos.setCrop(next)} />}
    </PhotoField>
  );
}

function CropControls({ photo }: { photo: ShownPhoto }) {
  const { photos } = useSession();
  const crop = useAppState((state) => state.crop);
  if (!crop) return null;
  const change = (next: Crop) => photos.setCrop(held(next, photo));
  const degrees = Math.round(crop.angle / DEGREE);
  return (
    <>
      <Slider
        label="Size"
        value={Math.round(crop.size)}
        {...sideLimits(photo)}
        shown={`${Math.round(crop.size)} px`}
        className="w-36 grow"
        onChange={(size) => change({ ...crop, size })}
      />
      <Slider
        label="Turn"
        value={degrees}
        min={-180}
        max={180}
        shown={`${degrees}°`}
        className="w-36 grow"
        onChange={(angle) => change({ ...crop, angle: angle * DEGREE })}
      />
      <QuickTurns crop={crop} onChange={change} />
      <Decision />
    </>
  );
}

function QuickTurns({ crop, onChange }: { crop: Crop; onChange: (crop: Crop) => void }) {
  const { photos } = useSession();
  const canFind = useAppState((state) => state.pack?.edit?.hasAligner === true);
  return (
    <div className="flex items-center gap-1">
      <IconButton
        label="Turn the square left"
        icon={<RotateCcwSquare size={18} />}
        tooltipSide="above"
        onClick={() => onChange(turnedByQuarter(crop, -1))}
      />
      <IconButton
        label="Turn the square right"
        icon={<RotateCwSquare size={18} />}
        tooltipSide="above"
        onClick={() => onChange(turnedByQuarter(crop, 1))}
      />
      {canFind && (
        <IconButton
          label="Find the face again"
          icon={<ScanSearch size={18} />}
          tooltipSide="above"
          onClick={() => void photos.findAgain()}
        />
      )}
    </div>
  );
}

function OtherPhoto() {
  return (
    <AnotherPhoto className="inline-flex h-9 items-center rounded-lg border border-line bg-raised px-3.5 text-sm font-medium hover:border-line-strong pointer-coarse:h-11">
      Another photo
    </AnotherPhoto>
  );
}

function Decision() {
  const { photos, bench } = useSession();
  return (
    <div className="ml-auto flex flex-wrap justify-end gap-2">
      {bench.face ? <Button onClick={() => photos.keepCrop()}>Keep the old square</Button> : <OtherPhoto />}
      <Button variant="primary" onClick={() => void photos.alignCrop()}>
        Use this square
      </Button>
    </div>
  );
}
