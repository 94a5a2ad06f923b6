import { join } from 'node:path';
import { soundForm, SoundTrace, type ProxyPlan } from '@app/engines';
import { mkdir, rm } from '../files/index.ts';

/** What the pass that encodes tells of its source: small pictures in a file, and how its sound goes. */
export class SourceTap {
  readonly sound: readonly SoundTrace[];
  readonly picturesPath: string;

  private constructor(
    private readonly folder: string,
    plan: ProxyPlan,
  ) {
    this.picturesPath = join(folder, 'pictures.yuv');
    this.sound = traces(plan);
  }

  /** @param folder that doesn't exist yet. */
  static async open(folder: string, plan: ProxyPlan): Promise<SourceTap> {
    await mkdir(folder);
    return new SourceTap(folder, plan);
  }

  /** Removes the file. What can't be removed has no use and does no harm. */
  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** One for each track, in the order of their pipes. */
export function traces({ audio }: ProxyPlan): SoundTrace[] {
  return audio.map((track) => new SoundTrace(soundForm(track)));
}

export function pipesTo(
  sound: readonly { take(chunk: Uint8Array): void }[],
): ((chunk: Uint8Array) => void)[] {
  return sound.map((trace) => (chunk) => trace.take(chunk));
}
