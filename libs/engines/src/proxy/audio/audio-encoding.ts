import type { AudioStream } from '../../media/index.ts';
import type { AudioKind } from '../containers/container-rules.ts';
import type { AudioPlan, Ruling } from '../plan/proxy-plan.ts';

type Encoding = Pick<AudioPlan, 'encoder' | 'encoderOptions' | 'layout' | 'sampleRate'>;

/**
 * Encoding by the container's kind of audio. PCM where the container holds it: it takes any number of channels, loses nothing and
 * is cheap to scrub.
 */
export const ENCODINGS: Record<AudioKind, (track: AudioStream) => Ruling<Encoding>> = {
  pcm: (track) => pcm(track, rateOf(track)),
  'studio-pcm': mxfPcm,
  aac,
  opus,
};

const STUDIO_RATE = 48_000;
/** Codecs with more than 16 bits, which become 24-bit PCM. */
const DEEP =
  /^(?:pcm_(?:s20|s24|s32|s64|f16|f24|f32|f64|u24|u32|bluray|dvd)|flac|alac|truehd|mlp|wavpack|s302m|tta|ape)/;

const AAC_RATES = [
  7350, 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000,
];
/** Channel counts of FFmpeg's AAC encoder; FFmpeg up to 8 also takes 16 channels, FFmpeg 9 doesn't. */
const AAC_CHANNELS = new Set([1, 2, 3, 4, 5, 6, 7, 8]);
/** Layouts that Opus knows by name; any other number or order of channels is written as separate channels. */
const OPUS_LAYOUTS = new Set(['mono', 'stereo', '3.0', 'quad', '5.0', '5.1', '7.1']);
/** AAC layouts that every demuxer reads back (measured with FFmpeg 7.1.5); FFmpeg's encoder refuses some of the others. */
const AAC_LAYOUTS = new Set('mono stereo 2.1 3.0 3.0(back) 4.0 quad 5.0 5.1 7.1'.split(' '));
/** Layouts of the same loudspeakers that AAC and Opus name differently. */
const SAME_SPEAKERS: Record<string, string> = { '5.1(side)': '5.1', '5.0(side)': '5.0' };

/** Fallback layouts by channel count, all accepted by the encoder and without an LFE channel. */
const UNNAMED = 'mono stereo 3.0 4.0 5.0 hexagonal 7.0 octagonal'.split(' ');

const BITS_PER_CHANNEL = { aac: 96_000, opus: 64_000 };

function pcm(track: AudioStream, sampleRate: number): Ruling<Encoding> {
  const encoder = DEEP.test(track.codecName ?? '') ? 'pcm_s24le' : 'pcm_s16le';
  return { value: { encoder, encoderOptions: [], layout: null, sampleRate }, warnings: [] };
}

function aac(track: AudioStream): Ruling<Encoding> {
  const channels = track.channels ?? 0;
  if (!AAC_CHANNELS.has(channels) || track.channelLayout === 'downmix') {
    const { value, warnings } = opus(track);
    return {
      value,
      warnings: [
        `${trackName(track)} has ${channels} channels in a layout that FFmpeg's AAC encoder refuses: it becomes Opus, which few editing programs read in MP4. Use mov instead.`,
        ...warnings,
      ],
    };
  }
  const wanted = rateOf(track);
  const sampleRate = AAC_RATES.find((rate) => rate >= wanted) ?? 96_000;
  const layout = aacLayout(track);
  return {
    value: {
      encoder: 'aac',
      encoderOptions: ['-b:a', String(BITS_PER_CHANNEL.aac * channels)],
      layout,
      sampleRate,
    },
    warnings: [
      ...(sampleRate === wanted ? [] : [rateWarning(track, 'AAC', sampleRate)]),
      ...nameWarnings(track, layout, 'AAC', AAC_LAYOUTS),
      ...deepWarnings(track),
    ],
  };
}

/** Layout to convert a track to; `null` keeps its own. */
function aacLayout(track: AudioStream): string | null {
  const { channels, channelLayout } = track;
  if (channelLayout === null && !isUnlabelled(track)) return null;
  const same = SAME_SPEAKERS[channelLayout ?? ''] ?? null;
  if (AAC_LAYOUTS.has(same ?? channelLayout ?? '')) return same;
  return UNNAMED[(channels ?? 0) - 1] ?? null;
}

/** LFE channel of layouts in which AAC low-passes it, counted from 0. */
const DEEP_CHANNELS: Record<string, number> = {
  '2.1': 2,
  '5.1': 3,
  '5.1(side)': 3,
  '7.1': 3,
};

/** LFE channel that AAC low-passes, counted from 0; `null` for none. */
export function deepChannel(layout: string): number | null {
  return DEEP_CHANNELS[layout] ?? null;
}

function opus(track: AudioStream): Ruling<Encoding> {
  const channels = track.channels ?? 0;
  const layout = SAME_SPEAKERS[track.channelLayout ?? ''] ?? null;
  const name = layout ?? track.channelLayout;
  const named = name === null ? channels <= 2 : OPUS_LAYOUTS.has(name);
  const value: Encoding = {
    encoder: 'libopus',
    encoderOptions: [
      '-b:a',
      String(BITS_PER_CHANNEL.opus * channels),
      ...(named ? [] : ['-mapping_family', '255']),
    ],
    layout,
    sampleRate: STUDIO_RATE,
  };
  return {
    value,
    warnings: [
      ...studioRateWarnings(track, 'Opus'),
      ...nameWarnings(track, layout, 'Opus', OPUS_LAYOUTS),
    ],
  };
}

function mxfPcm(track: AudioStream): Ruling<Encoding> {
  return { ...pcm(track, STUDIO_RATE), warnings: studioRateWarnings(track, 'MXF') };
}

/** True for more than two channels without a layout. */
export function isUnlabelled({ channels, channelLayout }: AudioStream): boolean {
  return channelLayout === null && (channels ?? 0) > 2;
}

function nameWarnings(
  track: AudioStream,
  layout: string | null,
  codec: string,
  known: ReadonlySet<string>,
): string[] {
  const { channels, channelLayout } = track;
  const name = trackName(track);
  if (isUnlabelled(track)) {
    const guess = layout ?? "FFmpeg's guess";
    return [`${name} has ${channels} channels that nothing names: ${guess} becomes their layout.`];
  }
  if (channels === 1 || channelLayout === null) return [];
  return known.has(SAME_SPEAKERS[channelLayout] ?? channelLayout)
    ? []
    : [`${name} loses the names of its channels, ${channelLayout}: ${codec} has none for them.`];
}

/** Codecs that have low-passed the LFE channel already. */
const NARROWED = /^(?:aac|e?ac3|dts)/;

function deepWarnings(track: AudioStream): string[] {
  const deep = deepChannel(track.channelLayout ?? '');
  return deep === null || NARROWED.test(track.codecName ?? '')
    ? []
    : [
        `${trackName(track)} has channel ${deep + 1} for deep tones (LFE): AAC leaves next to nothing above 400 Hz of that one.`,
      ];
}

function studioRateWarnings(track: AudioStream, holder: string): string[] {
  return rateOf(track) === STUDIO_RATE ? [] : [rateWarning(track, holder, STUDIO_RATE)];
}

function rateWarning(track: AudioStream, holder: string, sampleRate: number): string {
  return `${trackName(track)} is converted from ${rateOf(track)} to ${sampleRate} Hz: ${holder} can't hold its rate.`;
}

function rateOf(track: AudioStream): number {
  return track.sampleRate ?? STUDIO_RATE;
}

export function trackName(track: AudioStream): string {
  return `Audio track ${track.index}`;
}
