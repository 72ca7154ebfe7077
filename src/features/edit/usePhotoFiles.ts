import { useEffect, useState } from 'react';
import { isTextEntry } from '../../lib/hotkeys';

/** Photos dropped anywhere on the page, or pasted anywhere but into text. @returns whether a file is just being dragged over it */
export function usePhotoFiles(onPhoto: (file: File) => void): boolean {
  const [isDropping, setIsDropping] = useState(false);
  useEffect(() => {
    const control = new AbortController();
    const { signal } = control;
    const take = (event: Event, data: DataTransfer | null) => {
      const file = data?.files[0];
      if (!file) return;
      event.preventDefault();
      onPhoto(file);
    };
    document.addEventListener(
      'dragover',
      (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        // Without this the browser would open the file instead.
        event.preventDefault();
        setIsDropping(true);
      },
      { signal },
    );
    document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget || setIsDropping(false), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        setIsDropping(false);
        take(event, event.dataTransfer);
      },
      { signal },
    );
    document.addEventListener(
      'paste',
      (event) => {
        // Text on its way into a text box goes there, even if a picture of it comes along.
        const isText = event.clipboardData?.types.includes('text/plain') && isTextEntry(event.target);
        if (!isText) take(event, event.clipboardData);
      },
      { signal },
    );
    return () => control.abort();
  }, [onPhoto]);
  return isDropping;
}
