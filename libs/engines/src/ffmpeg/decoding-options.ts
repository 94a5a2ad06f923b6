import { formatRational } from '../media/index.ts';
import type { ClockPlan, PicturePlan } from '../proxy/plan/proxy-plan.ts';

/** How the picture is decoded and counted, as FFmpeg's options before the input. */
export function decodingOptions({ decoderOptions, uncropped, clock }: PicturePlan): string[] {
  return [
    ...decoderOptions,
    ...(uncropped ? ['-apply_cropping:v', 'codec'] : []),
    ...lengths(clock),
    ...(clock.countedAt === null ? [] : ['-r:v', formatRational(clock.countedAt)]),
  ];
}

function lengths({ lengthsAreWrong, lastStays }: ClockPlan): string[] {
  if (!lengthsAreWrong && lastStays === null) return [];
  const usual = lengthsAreWrong ? '0' : 'DURATION';
  const duration =
    lastStays === null ? usual : `if(eq(NEXT_DTS\\,NOPTS)\\,${lastStays}\\,${usual})`;
  return ['-bsf:v', `setts=pts=PTS:dts=DTS:duration=${duration}`];
}
