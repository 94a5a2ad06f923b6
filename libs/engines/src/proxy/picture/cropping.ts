import type { VideoStream } from '../../media/index.ts';
import type { Ruling } from '../plan/proxy-plan.ts';

/**
 * A container may call a part of the picture its clean one (`clap`, `PixelCrop`), and FFmpeg would show that part alone,
 * enlarged. Editors put the whole picture on their timelines, so the proxy has the whole one too.
 */
export function planCropping({ sideData }: VideoStream): Ruling<boolean> {
  const isCropped = sideData.some((block) => block['side_data_type'] === 'Frame Cropping');
  return {
    value: isCropped,
    warnings: isCropped
      ? ['The source declares a clean aperture; the proxy shows the whole picture, as editors do.']
      : [],
  };
}
