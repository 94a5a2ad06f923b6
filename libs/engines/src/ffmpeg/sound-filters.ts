import type { AudioPlan } from '../proxy/plan/proxy-plan.ts';

/** Fills a track with silence from zero on. */
export const FROM_ZERO = 'aresample=async=1:first_pts=0';

/**
 * Seconds by which a block may come late or early: what is more is a hole, which silence fills, or an overlap, of which the end is cut, so that
 * what follows stays with its picture. Viewers notice sound that is early from 40 ms on (EBU R37). Blocks that jump to and fro need
 * more room. An overlap of more than `cut` in a second is none: nothing more is cut, and the track is longer than it says.
 */
const JUMPS = { usual: 0.02, uneven: 0.1, cut: 0.1 };

/** Blocks of sound follow each other. `ld(0)` is the end of the one before; of the second from `ld(2)` on, `ld(3)` is cut. */
export function onward(track: AudioPlan): string {
  const least = track.uneven ? JUMPS.uneven : JUMPS.usual;
  const late = '(PTS-ld(0))';
  const newSecond = `if(gt(PTS-ld(2)\\,1/TB)\\,st(2\\,PTS)*0+st(3\\,0))`;
  const isCut = `if(lte(ld(3)-${late}\\,${JUMPS.cut}/TB)\\,1+0*st(3\\,ld(3)-${late}))`;
  const isOwn = [
    `lt(abs${late}\\,0.002/TB)`,
    `gt(${late}\\,${least}/TB)`,
    `if(lt(${late}\\,-${least}/TB)\\,0*${newSecond}+${isCut})`,
  ].join('+');
  const next = `if(${isOwn}\\,PTS\\,ld(0))`;
  return `asetpts=st(1\\,if(N\\,${next}\\,PTS))+0*st(0\\,ld(1)+S/SR/TB)`;
}

/** Fills what is missing in a track, from zero on. */
export function filledFromZero(track: AudioPlan): string {
  return `${filled(track)}:first_pts=0`;
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
    offset === 0 ? `${filled(track)},atrim=start_pts=0` : filledFromZero(track),
    ...(track.clipped ? ['aformat=sample_fmts=s32'] : []),
    ...(track.layout === null ? [] : [inLayout(track.layout)]),
    ...(track.silentTail === 0 ? [] : [`apad=pad_dur=${track.silentTail.toFixed(6)}`]),
  ].join(',');
}

/** A single channel is taken as it is; FFmpeg would make that of one loudspeaker softer. */
function inLayout(layout: string): string {
  return layout === 'mono' ? 'pan=mono|c0=c0' : `aformat=channel_layouts=${layout}`;
}
