import { Cpu } from 'lucide-react';
import type { DeviceInfo } from '../../diffusion/shared/types';
import { useAppState } from '../../state/session';
import { Disclosure } from '../../ui/Disclosure';

function deviceName({ device, threads }: DeviceInfo): string {
  if (device === 'webgpu') return 'WebGPU';
  return `WASM · ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** What the networks run on, and why. Known once a pack is loaded. */
export function DeviceBadge() {
  const device = useAppState((state) => state.device);
  const pack = useAppState((state) => state.pack);
  if (!device) return null;
  const name = deviceName(device);
  return (
    <Disclosure
      label={`Device: ${name}`}
      buttonClassName="inline-flex h-8 items-center gap-1.5 justify-center rounded-full border border-line bg-surface px-3 text-xs max-sm:w-11 max-sm:px-0 font-medium text-muted hover:border-line-strong hover:text-ink pointer-coarse:h-11"
      button={
        <>
          <Cpu size={14} aria-hidden />
          <span className="whitespace-nowrap max-sm:sr-only">{name}</span>
        </>
      }
    >
      <p>{device.reason}</p>
      {device.adapter && <p className="mt-2 text-muted">Adapter: {device.adapter}</p>}
      {pack && (
        <p className="mt-2 text-muted">
          Pack: {pack.title}. {pack.licence}
        </p>
      )}
    </Disclosure>
  );
}
