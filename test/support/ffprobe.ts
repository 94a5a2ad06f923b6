import {
  ffprobeArguments,
  PacketScan,
  parseProbeResult,
  type ProbeResult,
} from '../../libs/engines/src/media/index.ts';
import { execa } from 'execa';

/** Output of the real ffprobe for a file. */
export async function ffprobe(path: string, options?: { packets?: boolean }): Promise<ProbeResult> {
  const { stdout } = await execa('ffprobe', ffprobeArguments(path, options), { reject: false });
  const scan = new PacketScan();
  scan.take(Buffer.from(stdout));
  return parseProbeResult(JSON.parse(scan.description()), scan.packets());
}
