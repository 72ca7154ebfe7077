import { CaretsToAxisDashedVertical, Download, Redo2, Trash2, Undo2, Upload } from 'lucide-react';
import { BACKGROUND } from '../../mask/classes';
import { mirrorMask } from '../../mask/mirror';
import { IconButton } from '../../ui/Button';
import { maskDocument } from './maskDocument';
import { exportMaskFile, importMaskFile } from './maskFiles';
import { SamplesMenu } from './SamplesMenu';
import { useMaskRevision } from './useMaskDocument';

const ICON = 18;

/** What is done to the mask as a whole. */
export function MaskActions() {
  useMaskRevision();
  return (
    <div className="flex items-center gap-0.5">
      <IconButton
        label="Undo"
        icon={<Undo2 size={ICON} aria-hidden />}
        disabled={maskDocument.undoLabel === null}
        onClick={() => maskDocument.undo()}
      />
      <IconButton
        label="Redo"
        icon={<Redo2 size={ICON} aria-hidden />}
        disabled={maskDocument.redoLabel === null}
        onClick={() => maskDocument.redo()}
      />
      <IconButton label="Clear" icon={<Trash2 size={ICON} aria-hidden />} onClick={clear} />
      <IconButton
        label="Flip left to right"
        icon={<CaretsToAxisDashedVertical size={ICON} aria-hidden />}
        onClick={flip}
      />
      <ImportButton />
      <IconButton
        label="Export mask"
        icon={<Download size={ICON} aria-hidden />}
        tooltipAlign="end"
        onClick={() => void exportMaskFile()}
      />
      <SamplesMenu />
    </div>
  );
}

/** The browser's own file input, laid over an icon. */
function ImportButton() {
  return (
    <label
      title="Import a mask"
      className="relative inline-flex size-9 items-center justify-center rounded-lg text-muted transition-colors hover:bg-sunken hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:size-11"
    >
      <Upload size={ICON} aria-hidden />
      <input
        type="file"
        aria-label="Mask file"
        accept="image/png,.png"
        className="absolute inset-0 cursor-pointer text-[0] opacity-0"
        onChange={(event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          if (file) void importMaskFile(file);
          // So that the same file can be chosen again.
          input.value = '';
        }}
      />
    </label>
  );
}

function clear(): void {
  const { size } = maskDocument.live;
  maskDocument.replace(new Uint8Array(size * size).fill(BACKGROUND), size, 'Clear');
}

function flip(): void {
  const { data, size } = mirrorMask(maskDocument.committed);
  maskDocument.replace(data, size, 'Flip');
}
