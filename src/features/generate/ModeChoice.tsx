import type { Mode } from '../../diffusion/shared/types';
import { modeFor } from '../../state/selectors';
import { useAppState } from '../../state/session';
import { Segmented } from '../../ui/Segmented';

interface ModeChoiceProps {
  mode: Mode;
  disabled: boolean;
  onChange: (mode: Mode) => void;
}

/** Short enough for a phone; the packs' own labels are sentences' parts. */
const ALONE = { class_mask: 'Mask only', tokens: 'Text only' } as const;

/** Which of the pack's models guide a run. */
export function ModeChoice({ mode, disabled, onChange }: ModeChoiceProps) {
  const pack = useAppState((state) => state.pack);
  if (!pack || pack.collaborators.length < 2) return null;
  const options = [
    { value: 'both', label: pack.collaborators.length === 2 ? 'Both' : 'All' },
    ...pack.collaborators.map(({ id, kind }) => ({ value: id, label: ALONE[kind] })),
  ];
  return (
    <Segmented
      label="Guided by"
      options={options}
      value={modeFor(pack, mode)}
      disabled={disabled}
      onChange={onChange}
    />
  );
}

/** What a mode is called. */
export function useModeName(): (mode: Mode) => string {
  const pack = useAppState((state) => state.pack);
  return (mode) => {
    const alone = pack?.collaborators.find(({ id }) => id === mode);
    return alone ? ALONE[alone.kind] : 'Both';
  };
}
