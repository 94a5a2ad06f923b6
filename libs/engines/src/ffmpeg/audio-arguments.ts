import type { ProxyPlan } from '../proxy/plan/proxy-plan.ts';
import { FROM_ZERO, trackFilters } from './audio-filters.ts';
import { audioSources } from './uniform-audio.ts';

/**
 * Each track's filters, once for the proxy and for what is told of the source. Each output with filters of its own made FFmpeg 9
 * wait for ever where silence is filled in: it holds back what is ahead, and with it what it waits for. AAC is told from zero on: where
 * its source begins later, its encoder's first block comes before it and is heard by readers, as silence.
 */
export function audioGraph(plan: ProxyPlan, isCaptured: boolean): string[] {
  if (plan.audio.length === 0) return [];
  const { labels, outputs } = audioSources(audioInput(plan), plan.audio);
  const chains = plan.audio.map((track, position) => {
    const chain = `${labels[position]}${trackFilters(track)}`;
    if (!isCaptured) return `${chain}${audioLabel(position)}`;
    const captured = captureLabel(position);
    const split = `${chain},asplit${audioLabel(position)}`;
    return track.encoder === 'aac' && track.offset === 0
      ? `${split}[whole${position}];[whole${position}]${FROM_ZERO}${captured}`
      : `${split}${captured}`;
  });
  return [...outputs, '-filter_complex', chains.join(';')];
}

/** What the proxy's track is called in the graph, and what is told of it. */
export function audioLabel(position: number): string {
  return `[sound${position}]`;
}
export function captureLabel(position: number): string {
  return `[told${position}]`;
}

/** Everything about the audio tracks: encoder, rate, what they are called and for. */
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
 * The input that sound is read from. It has one of its own where the picture has a clock of its own, and where silence comes
 * before it: FFmpeg 9 lets that wait for the picture, whose packets then wait behind those of the sound, for ever.
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
