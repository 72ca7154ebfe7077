import type { ReactNode } from 'react';
import type { ShownPhoto } from '../../state/editSlice';

/** The photo as large as the room allows, with a margin in which handles can be caught. */
export function PhotoField({ photo, children }: { photo: ShownPhoto; children?: ReactNode }) {
  return (
    <div className="@container-[size] relative min-h-72 grow overflow-hidden bg-sunken max-lg:h-[60dvh] max-lg:grow-0">
      <div className="absolute inset-9 grid place-items-center">
        <div
          className="relative max-h-full max-w-full"
          style={{
            aspectRatio: `${photo.width} / ${photo.height}`,
            width: `min(100%, calc((100cqh - 4.5rem) * ${photo.width / photo.height}))`,
          }}
        >
          <img src={photo.url} alt={`All of “${photo.name}”`} className="size-full" draggable={false} />
          {children}
        </div>
      </div>
    </div>
  );
}
