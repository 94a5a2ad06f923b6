import { formatRational } from '../media/index.ts';
import type { ClockPlan, PicturePlan } from '../proxy/plan/proxy-plan.ts';

/** How the picture is decoded and counted, as FFmpeg's options before the input. */
export function decodingOptions({ decoderOptions, uncropped, clock }: PicturePlan): string[] {
  return [
    ...decoderOptions,
    ...(uncropped ? ['-apply_cropping:v', 'codec'] : []),
    ...packetTimes(clock),
    ...(clock.countedAt === null ? [] : ['-r:v', formatRational(clock.countedAt)]),
  ];
}

/** Once times have been wrong, FFmpeg takes those of packets for those of pictures; without the packets' it can't. */
function packetTimes({ lengthsAreWrong, lastStays, putsInTurn }: ClockPlan): string[] {
  if (!lengthsAreWrong && lastStays === null && !putsInTurn) return [];
  const usual = lengthsAreWrong ? '0' : 'DURATION';
  const duration =
    lastStays === null ? usual : `if(eq(NEXT_DTS\\,NOPTS)\\,${lastStays}\\,${usual})`;
  const dts = putsInTurn ? 'NOPTS' : 'DTS';
  return ['-bsf:v', `setts=pts=PTS:dts=${dts}:duration=${duration}`];
}
