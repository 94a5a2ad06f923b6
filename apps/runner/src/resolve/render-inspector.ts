import { Injectable } from '@nestjs/common';
import { JobFailure, type VerificationCheck } from '@app/jobspec';
import type { AudioStream, ClipOutcome, MediaInfo, ProxyExpectation } from '@app/engines';
import { orFailure, OutputVerifier, takeThumbnails, type Verification } from '../probe/index.ts';
import type { RenderRecord } from './render-record.ts';
import { lookAtFrames, videoDoubt, STOP_PREFERENCE } from './rendered-frames.ts';
import { audibility, audioDoubt } from './rendered-audio.ts';

/** Resolve repeats and drops no frames that its file doesn't show. */
const AS_RENDERED = { duplicatedFrames: 0, droppedFrames: 0, frameTimes: null, frameTick: 0 };

/** Looks into a rendered file: at what every proxy is checked for, and at what only Resolve gets wrong. */
@Injectable()
export class RenderInspector {
  constructor(private readonly verifier: OutputVerifier) {}

  async inspect(
    record: RenderRecord,
    expectation: ProxyExpectation,
    signal: AbortSignal,
  ): Promise<Verification & Pick<ClipOutcome, 'thumbnails'>> {
    const { task } = record.order;
    const verified = await orFailure(this.#verify(record, expectation, signal), signal);
    // Storage that hangs isn't asked again.
    const isStalled = verified.failure?.type === 'EngineStalledError';
    const frames = isStalled ? 0 : (expectation.declared.frames ?? 1);
    const thumbnails = await takeThumbnails(task, expectation, frames, signal);
    return { ...verified, thumbnails };
  }

  async #verify(
    record: RenderRecord,
    expectation: ProxyExpectation,
    signal: AbortSignal,
  ): Promise<Verification> {
    const { task, probed } = record.order;
    const described = await this.verifier.describe(task, signal, { packets: true });
    if ('failure' in described) return { verification: [], failure: described.failure };
    const verified = await this.verifier.verify(
      task,
      { source: probed, proxy: described.proxy },
      expectation,
      AS_RENDERED,
      signal,
    );
    if (verified.failure !== null) return verified;
    record.takeAudio(audioOf(described.proxy).flatMap(({ channels }) => channels ?? []));
    const look = await this.#look(record, signal);
    const audio = look.failure === null ? await this.#listen(record, signal) : NOTHING;
    return {
      facts: verified.facts ?? null,
      verification: [...verified.verification, ...audio.checks, ...look.checks],
      failure: look.failure ?? audio.failure,
    };
  }

  async #look(record: RenderRecord, signal: AbortSignal): Promise<Look> {
    const { task } = record.order;
    const shown = await lookAtFrames(task.stagedFile, signal);
    const { cards, firstCard } = shown;
    const isOnline = cards === 0;
    const hint = `${STOP_PREFERENCE} Look at the clip there. ${record.advice()}`;
    const facts = { path: task.sourcePath, frames: cards, first: firstCard ?? 0, hint };
    if (isOnline) record.warn(videoDoubt(shown));
    const checks = [{ check: 'media_online', expected: true, actual: isOnline, passed: isOnline }];
    return { checks, failure: isOnline ? null : new JobFailure('resolve_media_offline', facts) };
  }

  /** A proxy of all channels that is silent is wrong if its clip isn't. In a mix may be missing what was not mixed. */
  async #listen(record: RenderRecord, signal: AbortSignal): Promise<Look> {
    const { task, probed } = record.order;
    const { clip_channels = 0, proxy_tracks = [] } = record.job.sound ?? {};
    if (proxy_tracks.length === 0) return NOTHING;
    const isReadable = audioOf(probed).length > 0;
    const paths = { proxyPath: task.stagedFile, sourcePath: task.sourcePath, isReadable };
    const found = await audibility(paths, signal);
    const isWhole = proxy_tracks.reduce((sum, count) => sum + count, 0) >= clip_channels;
    record.warn(audioDoubt(found, isWhole));
    if (found !== 'heard' && !(found === 'lost' && isWhole)) return NOTHING;
    const isHeard = found === 'heard';
    const checks = [{ check: 'sound_heard', expected: true, actual: isHeard, passed: isHeard }];
    const failure = isHeard ? null : new JobFailure('resolve_silent', { path: task.sourcePath });
    return { checks, failure };
  }
}

interface Look {
  checks: VerificationCheck[];
  failure: JobFailure | null;
}

const NOTHING: Look = { checks: [], failure: null };

function audioOf(media: MediaInfo | null): AudioStream[] {
  return (media?.streams ?? []).filter((stream): stream is AudioStream => stream.kind === 'audio');
}
