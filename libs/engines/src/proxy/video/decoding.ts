import type { Container } from '@app/jobspec';
import { hasAlpha, hasHiddenAlpha, type VideoStream } from '../../media/index.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { Ruling } from '../plan/proxy-plan.ts';

/** The decoders of libvpx, which read alpha; FFmpeg's own leave it out. */
const ALPHA_DECODERS: Record<string, string> = { vp8: 'libvpx', vp9: 'libvpx-vp9' };

/**
 * What FFmpeg must be told to decode a picture to the full, as options before the input.
 *
 * @param pixelFormat of the proxy.
 */
export function decoderOptions(video: VideoStream, pixelFormat: string): readonly string[] {
  const codec = video.codecName ?? '';
  // Its decoder paints over damage and says so in the log only (measured with FFmpeg 7.1.5).
  if (codec === 'mjpeg') return ['-err_detect:v', 'explode'];
  const decoder = ALPHA_DECODERS[codec];
  return decoder && hasHiddenAlpha(video) && hasAlpha(pixelFormat) ? ['-c:v', decoder] : [];
}

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

/** Whether what a source says of its two views is left out: as of a phone's spatial video, which WebM has no name for. */
export function planViews(container: Container, { sideData }: VideoStream): Ruling<boolean> {
  const { namelessViews } = CONTAINER_RULES[container];
  const stereo = sideData.find((block) => block['side_data_type'] === 'Stereo 3D');
  const isLeftOut = stereo !== undefined && namelessViews.includes(String(stereo['type']));
  return {
    value: isLeftOut,
    warnings: isLeftOut
      ? [
          `The source says that it is stereoscopic, in a way that ${container.toUpperCase()} has no name for: this is left out.`,
        ]
      : [],
  };
}
