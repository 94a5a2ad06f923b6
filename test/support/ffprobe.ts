import { ffprobeArguments, parseProbeResult, type ProbeResult } from '@app/engines';
import { execa } from 'execa';

/** What the real ffprobe says of a file. */
export async function ffprobe(
  path: string,
  options?: { countPackets?: boolean },
): Promise<ProbeResult> {
  const { stdout } = await execa('ffprobe', ffprobeArguments(path, options), { reject: false });
  return parseProbeResult(JSON.parse(stdout));
}
