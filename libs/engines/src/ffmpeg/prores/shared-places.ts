import { CONFINED_INPUT, fileInput, type MediaInfo, type VideoStream } from '../../media/index.ts';
import type { TrialDecoder, TrialPlan } from './trial-plan.ts';

/** Formats without an index: a seek ends between key pictures, and what follows can't be decoded up to the next one. */
const WITHOUT_INDEX = new Set(['mpegts', 'mpeg']);

/** The start of the clip has no second key picture. */
function beginsWithOneKey({ exact }: TrialPlan, { head }: VideoStream): boolean {
  return exact && head?.keyFrames === 1;
}

/** The one decoder of a clip that is decoded from its start, whichever place is looked for; `null` where it needn't be. */
export function decoderFromStart(
  trial: TrialPlan,
  video: VideoStream,
  { formatName }: Pick<MediaInfo, 'formatName'>,
): TrialDecoder[] | null {
  if (!WITHOUT_INDEX.has(formatName) || !beginsWithOneKey(trial, video)) return null;
  return [{ places: trial.places.length, isFirst: true }];
}

/** Whether several places of a trial may be decoded from the same key picture. */
export function mayShare(trial: TrialPlan, video: VideoStream): boolean {
  return trial.places.length > 1 && beginsWithOneKey(trial, video);
}

/** Arguments for ffprobe to name, a line each, the first packet of a file and the key picture that each place is decoded from. */
export function keyArguments(path: string, video: VideoStream, { places }: TrialPlan): string[] {
  const start = Math.max(video.startSeconds ?? 0, 0);
  const intervals = ['', ...places.map((place) => (start + (place ?? 0)).toFixed(6))];
  return [
    ['-v', 'quiet', '-hide_banner', '-select_streams', String(video.index)],
    ['-read_intervals', intervals.map((from) => `${from}%+#1`).join(',')],
    ['-output_format', 'csv=p=0', '-show_packets', '-show_entries', 'packet=pts_time,dts_time,pos'],
    [...CONFINED_INPUT, '-i', fileInput(path)],
  ].flat();
}

/** The decoders that a trial needs, by what ffprobe says of its keys; `null` when it doesn't tell. */
export function sharedDecoders(lines: string, { places }: TrialPlan): TrialDecoder[] | null {
  const [first, ...keys] = lines.split('\n').filter((line) => line !== '');
  if (keys.length !== places.length) return null;
  const begins = keys.flatMap((key, place) => (key === keys[place - 1] ? [] : [place]));
  return begins.map((place, index) => ({
    places: (begins[index + 1] ?? places.length) - place,
    isFirst: keys[place] === first,
  }));
}
