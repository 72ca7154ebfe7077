import type { ReactNode } from 'react';
import { cx } from './cx';

interface FileButtonProps {
  /** The accessible name of the file input. */
  label: string;
  /** The tooltip. */
  title?: string;
  /** As the attribute of `<input type="file">`. */
  accept: string;
  /** On phones: straight to a camera, the one that looks at the person or away. */
  capture?: 'user' | 'environment';
  className: string;
  children: ReactNode;
  onFile: (file: File) => void;
}

/** The browser's own file input, laid over something that looks like a button. */
export function FileButton({ label, title, accept, capture, className, children, onFile }: FileButtonProps) {
  return (
    <label
      title={title}
      className={cx('relative has-focus-visible:outline-2 has-focus-visible:outline-accent', className)}
    >
      {children}
      <input
        type="file"
        aria-label={label}
        accept={accept}
        capture={capture}
        className="absolute inset-0 cursor-pointer text-[0] opacity-0"
        onChange={(event) => {
          const input = event.currentTarget;
          const file = input.files?.[0];
          if (file) onFile(file);
          // So that the same file can be chosen again.
          input.value = '';
        }}
      />
    </label>
  );
}
