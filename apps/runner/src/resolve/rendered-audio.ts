import { CONFINED_INPUT, fileInput, loudestIn } from '@app/engines';
import { following } from '../ffmpeg/encode.ts';
import { runProcess } from '@app/storage';

/** Decibels of full scale that nothing but digital silence stays below, whatever coded it. */
export const SILENT = -90;
/** From here on somebody could hear it. Between the two lies the noise of open inputs, of which nothing is said. */
export const AUDIBLE = -60;
const STALL_SECONDS = 60;

/**
 * The loudest sample of all tracks of a file, in decibels of full scale; `null` when FFmpeg can't read one of them.
 *
 * @param stallSeconds without progress, after which the reading is given up.
 * @throws the reason of `signal`.
 */
export async function loudestOf(
  path: string,
  signal: AbortSignal,
  stallSeconds = STALL_SECONDS,
): Promise<number | null> {
  const reports = '-hide_banner -nostdin -nostats -progress pipe:1'.split(' ');
  const measure = '-map 0:a -filter:a volumedetect -f null -'.split(' ');
  const { exitCode, stderr } = await runProcess(
    ['ffmpeg', ...reports, ...CONFINED_INPUT, '-i', fileInput(path), ...measure],
    { signal, stallSeconds, ...following() },
  );
  signal.throwIfAborted();
  return exitCode === 0 ? loudestIn(stderr) : null;
}
