import type { ProxyPlan, AudioPlan } from '../proxy/plan/proxy-plan.ts';
import { isPcm } from '../media/index.ts';
import { beginnings } from './stream-changes.ts';

/**
 * Filters of each track, shared by the proxy and the capture. With separate filters per output, FFmpeg 9 waits forever where
 * silence is filled in: it holds back the output that is ahead, and with it the packets that the other one waits for. AAC is
 * captured from zero on: if the source begins later, the encoder's first block lies before its start, and whoever reads the proxy
 * gets that as silence.
 */
export function audioGraph(plan: ProxyPlan, isCaptured: boolean): string[] {
  if (plan.audio.length === 0) return [];
  const input = audioInput(plan);
  const chains = plan.audio.map((track, position) => {
    const chain = `[${input}:${track.streamIndex}]${trackFilters(track, isCaptured)}`;
    if (!isCaptured) return `${chain}${audioLabel(position)}`;
    const captured = captureLabel(position);
    const split = `${chain},asplit${audioLabel(position)}`;
    return track.encoder === 'aac' && track.offset === 0
      ? `${split}[whole${position}];[whole${position}]${FROM_ZERO}${captured}`
      : `${split}${captured}`;
  });
  return ['-filter_complex', chains.join(';')];
}

/** Labels of a track in the graph: for the proxy, and for the capture. */
export function audioLabel(position: number): string {
  return `[sound${position}]`;
}
export function captureLabel(position: number): string {
  return `[told${position}]`;
}

/** Arguments of the audio tracks: encoder, rate, disposition and tags. */
export function audioArguments(plan: ProxyPlan): string[] {
  return plan.audio.flatMap((track, position) =>
    [
      [`-c:a:${position}`, track.encoder],
      forTrack(track.encoderOptions, position),
      [`-ar:a:${position}`, String(track.sampleRate)],
      [`-flags:a:${position}`, '+bitexact'],
      [`-disposition:a:${position}`, track.dispositions.join('+') || '0'],
      metadata(position, 'language', track.language),
      metadata(position, 'title', track.title),
    ].flat(),
  );
}

/**
 * Index of the input for audio. It is a second input if the video's clock is shifted, or if a track begins with silence: FFmpeg 9
 * makes the silence wait for the video, whose packets then wait forever behind those of the audio.
 */
export function audioInput({ video, audio }: Pick<ProxyPlan, 'video' | 'audio'>): 0 | 1 {
  return video.clock.reorderDelay > 0 || audio.some(({ offset }) => offset > 0) ? 1 : 0;
}

/** `-b:a` becomes `-b:a:1`, `-mapping_family` becomes `-mapping_family:a:1`. */
function forTrack(options: readonly string[], position: number): string[] {
  return options.map((option) =>
    option.startsWith('-') ? `${option.replace(/:a$/, '')}:a:${position}` : option,
  );
}

function metadata(position: number, key: string, value: string | null): string[] {
  return value === null ? [] : [`-metadata:s:a:${position}`, `${key}=${value}`];
}

/** Fills to the sample: by default, the filter ignores gaps shorter than a millisecond. */
const TO_THE_SAMPLE = 'min_comp=0.00001:first_pts=0';

/** Fills a track with silence from zero on. */
export const FROM_ZERO = `aresample=async=1:${TO_THE_SAMPLE}`;

/**
 * Fixes the size of PCM blocks, each of which becomes a packet: where silence ends, FFmpeg's `aresample` makes one or two of
 * them, depending on its threads. Other encoders have blocks of their own.
 */
const IN_BLOCKS = 'asetnsamples=n=1024:p=0';

/** Seconds of overlap cut per second, at most: beyond that, the track has more samples than its times leave room for. */
const MOST_CUT = 0.1;

/**
 * Filter that makes blocks of audio follow each other. A gap is filled with silence, and an overlap is cut at its end, so that
 * what follows stays in sync. `ld(0)` is the end of the block before; `ld(3)` is the time that was cut in the second that begins
 * at `ld(2)`.
 */
export function continuousPts({ holeSeconds: least }: AudioPlan): string {
  const late = '(PTS-ld(0))';
  const newSecond = `if(gt(PTS-ld(2)\\,1/TB)\\,st(2\\,PTS)*0+st(3\\,0))`;
  const isCut = `if(lte(ld(3)-${late}\\,${MOST_CUT}/TB)\\,1+0*st(3\\,ld(3)-${late}))`;
  const isOwn = [
    `lt(abs${late}\\,0.002/TB)`,
    `gt(${late}\\,${least}/TB)`,
    `if(lt(${late}\\,-${least}/TB)\\,0*${newSecond}+${isCut})`,
  ].join('+');
  const next = `if(${isOwn}\\,PTS\\,ld(0))`;
  return `asetpts=st(1\\,if(N\\,${next}\\,PTS))+0*st(0\\,ld(1)+S/SR/TB)`;
}

/** Filters that put a track's blocks one after the other, from the first frame of the video on. */
function fromFirstPicture(track: AudioPlan): string[] {
  const { offset, fromZero, contiguous } = track;
  if (offset !== 0) return [monotonicPts(track), filledFromZero(track)];
  const inPlace = contiguous ? [] : [monotonicPts(track), filled(track)];
  return [...inPlace, 'atrim=start_pts=0', ...(fromZero ? [FROM_ZERO] : [])];
}

function monotonicPts(track: AudioPlan): string {
  if (!track.countsSamples) return continuousPts(track);
  return `asetpts=N/SR/TB${track.offset === 0 ? '' : `+${track.offset.toFixed(6)}/TB`}`;
}

/** Filter that fills the gaps of a track, from zero on. */
export function filledFromZero(track: AudioPlan): string {
  return `${filled(track)}:${TO_THE_SAMPLE}`;
}

function filled({ holeSeconds }: AudioPlan): string {
  return `aresample=async=1:min_hard_comp=${holeSeconds}`;
}

/**
 * Filter chain of a track. It cuts all audio before the video: if a header gives the start of what is heard, a decoder's first
 * block may begin earlier, and each container would treat that in its own way.
 *
 * @param isCaptured true to report when the track begins, too.
 */
function trackFilters(track: AudioPlan, isCaptured: boolean): string {
  const { mayChangeFormat, cutAt } = track;
  return [
    ...(mayChangeFormat && isCaptured ? [beginnings(track)] : []),
    ...fromFirstPicture(track),
    ...(cutAt === null ? [] : [`atrim=end=${cutAt.toFixed(6)}`]),
    ...(track.clipped ? ['aformat=sample_fmts=s32'] : []),
    ...(track.layout === null ? [] : [inLayout(track.layout, track.channels)]),
    ...(track.silentTail === 0 ? [] : [`apad=pad_dur=${track.silentTail.toFixed(6)}`]),
    ...(isPcm(track.encoder) ? [IN_BLOCKS] : []),
  ].join(',');
}

/** Keeps each channel as it is, whatever it was called: other filters make a single speaker softer, and mix or lose others. */
function inLayout(layout: string, channels: number): string {
  return `channelmap=${Array.from({ length: channels }, (_, n) => n).join('|')}:${layout}`;
}
