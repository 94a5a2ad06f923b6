import { text, type JsonObject } from './narrow.ts';
import type { ReadClip } from './narrow-result.ts';

/** Encoders of FFmpeg by the codec of the JobSpec that they stand for. */
const CODECS: Record<string, string> = {
  libx264: 'h264',
  libx265: 'hevc',
  'libvpx-vp9': 'vp9',
  libsvtav1: 'av1',
};

/** What is not a codec of its own is the name of another. */
const SAME: Record<string, string> = { h265: 'hevc' };
const LIMIT = 40;

/**
 * The proxies that a JobSpec asks for, `prores_proxy mov half`: one of another codec, container or size is another proxy.
 * @param spec the JobSpec, or what a result says of it
 */
export function askedKind(spec: JsonObject): string | null {
  return kindOf(text(spec['codec']), text(spec['container']), text(spec['resolution']));
}

/** The same without the size by what was made, or begun: `half` of what, no clip tells. `null` when it doesn't tell the rest. */
export function madeKind({
  ffmpeg_command = [],
  resolved_output_path,
}: Pick<ReadClip, 'ffmpeg_command' | 'resolved_output_path'>): string | null {
  const [, container = null] = /\.(\w+)$/u.exec(resolved_output_path) ?? [];
  return kindOf(codecOf(ffmpeg_command), container, null);
}

/** The proxy is what a command makes last: pictures to compare with come before it. */
function codecOf(command: readonly string[]): string | null {
  const encoder = valueOf(command, '-c:v');
  const profile = valueOf(command, '-profile:v');
  if (encoder === 'prores_ks') return `prores_${profile}`;
  if (encoder === 'dnxhd') return profile?.startsWith('dnxhr') === true ? 'dnxhr' : 'dnxhd';
  return CODECS[encoder ?? ''] ?? null;
}

function valueOf(command: readonly string[], option: string): string | undefined {
  const at = command.findLastIndex((word) => word === option || word === `${option}:0`);
  return at < 0 ? undefined : command[at + 1];
}

function kindOf(
  codec: string | null,
  container: string | null,
  size: string | null,
): string | null {
  if (codec === null || container === null) return null;
  const parts = [SAME[codec] ?? codec, container.toLowerCase(), ...(size === null ? [] : [size])];
  return parts.join(' ').slice(0, LIMIT);
}
