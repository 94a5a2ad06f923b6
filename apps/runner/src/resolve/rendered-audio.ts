import { CONFINED_INPUT, fileInput, loudestIn } from '@app/engines';
import { EncoderProgress, following } from '../ffmpeg/encoder-progress.ts';
import { runProcess, type ProcessOptions } from '../process/child-process.ts';

/** Decibels of full scale that nothing but digital silence stays below, whatever coded it. */
const SILENT = -90;
/** From here on somebody could hear it. Between the two lies the noise of open inputs, of which nothing is said. */
const AUDIBLE = -60;
const STALL_SECONDS = 60;

/** A proxy with sound, and the clip that it is of. */
export interface AudioPair {
  proxyPath: string;
  sourcePath: string;
  /** Whether FFmpeg finds sound in the clip; of camera RAW it can read nothing else. */
  isReadable: boolean;
}

/**
 * Whether a proxy can be heard: `heard` somewhere in one of its tracks; `lost` when it is silent from start to end and its
 * clip isn't; `silent` when nothing but Resolve reads the clip; `null` where nothing tells, or the clip is as silent.
 */
export type Audibility = 'heard' | 'lost' | 'silent' | null;

/**
 * Listens to a proxy, and to its clip if the proxy is silent.
 *
 * @param stallSeconds without progress, after which a reading is given up.
 * @throws the reason of `signal`.
 */
export async function audibility(
  { proxyPath, sourcePath, isReadable }: AudioPair,
  signal: AbortSignal,
  stallSeconds = STALL_SECONDS,
): Promise<Audibility> {
  const bounds = { signal, stallSeconds };
  const loudest = await peak(proxyPath, bounds);
  if (loudest === null) return null;
  if (loudest > SILENT) return 'heard';
  const wanted = isReadable ? await peak(sourcePath, bounds) : null;
  if (wanted === null) return 'silent';
  return wanted > AUDIBLE ? 'lost' : null;
}

/** What is to be said of a silent proxy; `null` of one that is as it should be, or fails. */
export function audioDoubt(found: Audibility, hasAllChannels: boolean): string | null {
  if (found === 'silent')
    return 'The proxy is silent from start to end, and only Resolve can read the sound of the clip: compare them.';
  if (found !== 'lost' || hasAllChannels) return null;
  return "The proxy is silent from start to end, and the clip is not: what can be heard in it is not in Resolve's mix. Use the sound of the clip, or of the recorder, in the edit.";
}

/** The loudest sample of all tracks, in decibels of full scale; `null` when FFmpeg can't read one of them. */
async function peak(
  path: string,
  bounds: Pick<ProcessOptions, 'signal' | 'stallSeconds'>,
): Promise<number | null> {
  const input = [...CONFINED_INPUT, '-i', fileInput(path), '-map', '0:a'];
  const output = ['-filter:a', 'volumedetect', '-f', 'null', '-'];
  const { exitCode, stderr } = await runProcess(
    ['ffmpeg', '-hide_banner', '-nostdin', '-nostats', '-progress', 'pipe:1', ...input, ...output],
    { ...bounds, ...following(new EncoderProgress()) },
  );
  bounds.signal?.throwIfAborted();
  return exitCode === 0 ? loudestIn(stderr) : null;
}
