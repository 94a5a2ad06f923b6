import { formatRational } from '../media/index.ts';
import type { ClockPlan, VideoPlan } from '../proxy/plan/proxy-plan.ts';

/** How the picture is decoded and counted, as FFmpeg's options before the input. */
export function decodingOptions({
  decoderOptions,
  uncropped,
  withoutTurn,
  clock,
}: VideoPlan): string[] {
  return [
    ...decoderOptions,
    ...(withoutTurn ? ['-noautorotate'] : []),
    ...(uncropped ? ['-apply_cropping:v', 'codec'] : []),
    ...packetTimes(clock),
    ...(clock.constantRate === null ? [] : ['-r:v', formatRational(clock.constantRate)]),
  ];
}

/** How long packets last, where the file says it wrongly. Once times have gone back, FFmpeg takes those of packets for those of pictures. */
function packetTimes({ lengthsAreWrong, lastStays, enforceMonotonicPts }: ClockPlan): string[] {
  if (!lengthsAreWrong && lastStays === null && !enforceMonotonicPts) return [];
  const usual = lengthsAreWrong ? '0' : 'DURATION';
  const duration =
    lastStays === null ? usual : `if(eq(NEXT_DTS\\,NOPTS)\\,${lastStays}\\,${usual})`;
  const dts = enforceMonotonicPts ? 'NOPTS' : 'DTS';
  return ['-bsf:v', `setts=pts=PTS:dts=${dts}:duration=${duration}`];
}
