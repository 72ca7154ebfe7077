import { Camera, ImageUp, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { megabytes } from '../../lib/format';
import { useAppState } from '../../state/session';
import { cx } from '../../ui/cx';
import { FileButton } from '../../ui/FileButton';
import { useReplacePhoto } from './useReplacePhoto';

const PICTURES = 'image/*,.heic,.heif,.avif';

/** The first thing to do in the Edit view: bring a photo. */
export function Intake() {
  const pack = useAppState((state) => state.pack);
  return (
    <section
      aria-label="Bring a photo"
      className="grid grow place-items-center rounded-2xl border-2 border-dashed border-line-strong/60 bg-surface p-6"
    >
      <div className="flex max-w-md flex-col items-center gap-5 text-center">
        <ImageUp size={44} strokeWidth={1.25} className="text-muted" aria-hidden />
        <div>
          <h2 className="text-lg font-semibold tracking-tight">Edit the face in a photo</h2>
          <p className="mt-1.5 text-sm leading-relaxed text-muted">
            Repaint its parts or change the words that describe it; the same person comes back with the change.
          </p>
        </div>
        {pack && !pack.edit ? (
          <p role="alert" className="text-sm text-danger">
            The pack “{pack.title}” makes faces, but cannot read a photo. Open the page without ?pack= in its address.
          </p>
        ) : (
          <Choices />
        )}
        <PrivacyLine />
        <DownloadNote />
      </div>
    </section>
  );
}

const CHOICE = 'h-11 items-center gap-2 rounded-lg px-5 text-[0.9375rem] font-medium transition-colors select-none';

function Choices() {
  const { open } = useReplacePhoto();
  return (
    <div className="flex flex-wrap justify-center gap-2">
      <FileButton
        label="Photo file"
        accept={PICTURES}
        className={cx(CHOICE, 'inline-flex bg-accent text-on-accent hover:bg-accent-hover')}
        onFile={open}
      >
        <ImageUp size={18} aria-hidden />
        Choose a photo
      </FileButton>
      <FileButton
        label="Take a photo"
        accept="image/*"
        capture="user"
        className={cx(CHOICE, 'hidden border border-line bg-raised pointer-coarse:inline-flex')}
        onFile={open}
      >
        <Camera size={18} aria-hidden />
        Take a photo
      </FileButton>
      <p className="basis-full pt-1 text-xs text-muted pointer-coarse:hidden">or drop or paste one anywhere here</p>
    </div>
  );
}

/** Where a photo is at hand already. */
export function AnotherPhoto({ className, children }: { className: string; children: ReactNode }) {
  const { open } = useReplacePhoto();
  return (
    <FileButton label="Photo file" title="Another photo" accept={PICTURES} className={className} onFile={open}>
      {children}
    </FileButton>
  );
}

export function PrivacyLine() {
  return (
    <p className="inline-flex items-center gap-1.5 text-xs font-medium">
      <ShieldCheck size={15} className="text-accent" aria-hidden />
      Your photo stays on this device.
    </p>
  );
}

function DownloadNote() {
  const bytes = useAppState(({ pack, device }) => (pack?.edit?.bytes ?? 0) + (device ? 0 : (pack?.bytes ?? 0)));
  if (bytes === 0) return null;
  return <p className="text-xs text-muted">The first photo downloads {megabytes(bytes)} of models, once.</p>;
}
