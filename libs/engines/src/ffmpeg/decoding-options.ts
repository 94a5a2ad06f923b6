import { formatRational } from '../media/index.ts';
import type { PicturePlan } from '../proxy/plan/proxy-plan.ts';

/** How the picture is decoded and counted, as FFmpeg's options before the input. */
export function decodingOptions({ decoderOptions, uncropped, clock }: PicturePlan): string[] {
  return [
    ...decoderOptions,
    ...(uncropped ? ['-apply_cropping:v', 'codec'] : []),
    ...(clock.lengthsAreWrong ? ['-bsf:v', 'setts=pts=PTS:dts=DTS:duration=0'] : []),
    ...(clock.countedAt === null ? [] : ['-r:v', formatRational(clock.countedAt)]),
  ];
}
