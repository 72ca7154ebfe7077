import { useLayoutEffect, useRef, type ComponentProps } from 'react';

interface BitmapCanvasProps extends Omit<ComponentProps<'canvas'>, 'width' | 'height'> {
  /** Drawn at its own size; CSS scales. The caller keeps owning it. */
  source: ImageBitmap | ImageData;
}

/** Shows pixels that are in memory already, without encoding them to an URL first. */
export function BitmapCanvas({ source, ...rest }: BitmapCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    if (source instanceof ImageData) context.putImageData(source, 0, 0);
    else if (source.width > 0) context.drawImage(source, 0, 0);
  }, [source]);
  return <canvas ref={ref} width={source.width} height={source.height} {...rest} />;
}
