import { Blend, Eye, ImageUp } from 'lucide-react';
import { faceClass } from '../../mask/classes';
import { FileButton } from '../../ui/FileButton';
import { Segmented } from '../../ui/Segmented';
import { ActionLine } from './ActionButton';
import { Menu } from './Menu';
import { OpacitySlider } from './OpacitySlider';
import { PAINTER } from './painterActions';
import { setPainter, usePainter } from './painterStore';
import { putUnderneath } from './underlay';

/** How the mask is shown, and over what. */
export function ViewMenu() {
  const maskStyle = usePainter((state) => state.maskStyle);
  const hidden = usePainter((state) => state.hidden);
  const overPhoto = usePainter((state) => state.overPhoto);
  return (
    <Menu label="View" Icon={Blend} isActive={hidden.length > 0} labelClassName="@[42rem]:inline" className="w-80">
      <div className="flex flex-col gap-3">
        <OpacitySlider className="@[40rem]:hidden" />
        <Segmented
          label="Classes as"
          options={[
            { value: 'colours', label: 'Colours' },
            { value: 'patterns', label: 'Patterns' },
            { value: 'outlines', label: 'Outlines' },
          ]}
          value={maskStyle}
          onChange={(value) => setPainter({ maskStyle: value })}
        />
        {!overPhoto && <Underneath />}
        {hidden.length > 0 && (
          <div>
            <p className="px-2 text-xs text-muted">
              Hidden: {hidden.map((index) => faceClass(index).label).join(', ')}.
            </p>
            <ActionLine action={PAINTER.showAll} Icon={Eye} />
          </div>
        )}
      </div>
    </Menu>
  );
}

function Underneath() {
  const underlay = usePainter((state) => state.underlay);
  const pictureUrl = usePainter((state) => state.pictureUrl);
  return (
    <div className="flex flex-col gap-2">
      <Segmented
        label="Underneath"
        options={[
          { value: 'paper', label: 'Paper' },
          { value: 'result', label: 'Result' },
          { value: 'picture', label: 'Own picture' },
        ]}
        value={underlay}
        onChange={(value) => setPainter({ underlay: value })}
      />
      {underlay === 'picture' && (
        <FileButton
          label="Picture underneath"
          accept="image/*"
          className="flex h-9 items-center gap-2 rounded-lg border border-dashed border-line-strong px-2 text-muted hover:text-ink pointer-coarse:h-11"
          onFile={(file) => void putUnderneath(file)}
        >
          {pictureUrl ? (
            <img src={pictureUrl} alt="" className="size-7 rounded object-cover" />
          ) : (
            <ImageUp size={16} aria-hidden />
          )}
          {pictureUrl ? 'Choose another picture' : 'Choose a picture'}
        </FileButton>
      )}
    </div>
  );
}
