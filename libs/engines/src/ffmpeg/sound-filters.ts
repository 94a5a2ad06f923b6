import type { AudioPlan } from '../proxy/plan/proxy-plan.ts';

/** Fills a track with silence from zero on. */
export const FROM_ZERO = 'aresample=async=1:first_pts=0';

/**
 * Seconds by which a block may come late or early: what is more is a hole, which silence fills, or an overlap, of which the end is cut, so that
 * what follows stays with its picture. Viewers notice sound that is early from 40 ms on (EBU R37). Blocks that jump to and fro need
 * more room. An overlap of more than `back`, or soon after another one, is none: nothing is cut, and the track is longer than it says.
 */
const JUMPS = { usual: 0.02, uneven: 0.1, back: 0.1, apart: 1 };

/** Blocks of sound follow each other; `ld(0)` is the end of the one before, and `ld(2)` where an overlap was cut. */
export function onward(track: AudioPlan): string {
  const least = track.uneven ? JUMPS.uneven : JUMPS.usual;
  const late = 'PTS-ld(0)';
  const overlaps = `lt(${late}\\,-${least}/TB)*gt(${late}\\,-${JUMPS.back}/TB)*gt(PTS-ld(2)\\,${JUMPS.apart}/TB)`;
  const isOwn = [
    `lt(abs(${late})\\,0.002/TB)`,
    `gt(${late}\\,${least}/TB)`,
    `if(${overlaps}\\,1+0*st(2\\,PTS))`,
  ].join('+');
  const next = `if(${isOwn}\\,PTS\\,ld(0))`;
  return `asetpts=st(1\\,if(N\\,${next}\\,PTS))+0*st(0\\,ld(1)+S/SR/TB)`;
}

function filled(track: AudioPlan): string {
  return `aresample=async=1:min_hard_comp=${track.uneven ? JUMPS.uneven : JUMPS.usual}`;
}

/**
 * The track's filter chain. Nothing in it comes before the picture: where a header gives the start of what is to be heard, the
 * first block that a decoder gives may begin earlier, and each container would do something else with it.
 */
export function trackFilters(track: AudioPlan): string {
  const { offset } = track;
  return [
    track.counted
      ? `asetpts=N/SR/TB${offset === 0 ? '' : `+${offset.toFixed(6)}/TB`}`
      : onward(track),
    filled(track) + (offset === 0 ? ',atrim=start_pts=0' : ':first_pts=0'),
    ...(track.clipped ? ['aformat=sample_fmts=s32'] : []),
    ...(track.layout === null ? [] : [`aformat=channel_layouts=${track.layout}`]),
    ...(track.silentTail === 0 ? [] : [`apad=pad_dur=${track.silentTail.toFixed(6)}`]),
  ].join(',');
}
