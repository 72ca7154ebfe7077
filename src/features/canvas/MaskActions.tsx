import { ChevronDown, Copy, Download, Hash, Redo2, RotateCcw, Trash2, Undo2, Upload } from 'lucide-react';
import { FileButton } from '../../ui/FileButton';
import { ActionIcon, ActionLine } from './ActionButton';
import { Menu, NARROW_BUTTON } from './Menu';
import { PAINTER } from './painterActions';
import { usePainter } from './painterStore';
import { PartsMenu } from './PartsMenu';
import { SamplesMenu } from './SamplesMenu';
import { takeFile } from './underlay';
import { useMaskRevision } from './useMaskDocument';

const ICON = 18;

/** What is done to the mask as a whole. */
export function MaskActions() {
  useMaskRevision();
  const overPhoto = usePainter((state) => state.overPhoto);
  return (
    <div className="flex items-center justify-between @[40rem]:gap-4">
      <div className="flex items-center @[40rem]:gap-0.5">
        <ActionIcon action={PAINTER.undo} Icon={Undo2} tooltipAlign="start" />
        <ActionIcon action={PAINTER.redo} Icon={Redo2} />
        <ActionIcon action={PAINTER.original} Icon={RotateCcw} />
        <ActionIcon action={PAINTER.clear} Icon={Trash2} />
      </div>
      <div className="flex items-center @[40rem]:mr-auto @[40rem]:gap-0.5 @[40rem]:border-l @[40rem]:border-line @[40rem]:pl-3">
        {!overPhoto && <SamplesMenu />}
        <PartsMenu />
      </div>
      <div className="flex items-center @[40rem]:gap-0.5">
        <FileButton
          label="Mask file"
          title="Import a mask"
          accept="image/*"
          className="inline-flex size-9 items-center justify-center rounded-lg text-muted transition-colors hover:bg-sunken hover:text-ink pointer-coarse:size-11"
          onFile={takeFile}
        >
          <Upload size={ICON} aria-hidden />
        </FileButton>
        <ActionIcon action={PAINTER.export} Icon={Download} tooltipAlign="end" />
        <Menu label="More formats" Icon={ChevronDown} buttonClassName={NARROW_BUTTON} className="w-64">
          <ActionLine action={PAINTER.exportIndices} Icon={Hash} />
          <ActionLine action={PAINTER.copy} Icon={Copy} />
          <p className="mt-2 border-t border-line px-2 pt-2 text-xs text-muted">
            “Export mask” writes an indexed PNG in the CelebAMask-HQ colours; indices are a grey PNG whose pixels are
            the class numbers.
          </p>
        </Menu>
      </div>
    </div>
  );
}
