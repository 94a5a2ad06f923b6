import { ffprobeArguments, parseProbeResult, type ProbeResult, Prober } from '@app/engines';
import { execa } from 'execa';

/** What the real ffprobe says of a file. */
export async function ffprobe(
  path: string,
  options?: { countPackets?: boolean },
): Promise<ProbeResult> {
  const { stdout } = await execa('ffprobe', ffprobeArguments(path, options), { reject: false });
  return parseProbeResult(JSON.parse(stdout));
}

/** A prober on the real ffprobe that remembers what it was asked, in order. */
export class RecordingProber extends Prober {
  readonly probed: string[] = [];

  override async probe(path: string): Promise<ProbeResult> {
    this.probed.push(path);
    return ffprobe(path);
  }
}
