import { Injectable } from '@nestjs/common';
import { JobFailure, type VerificationCheck, STOP_PREFERENCE } from '@app/jobspec';
import { channelsIn, type ClipOutcome, type MediaInfo, type ProxyExpectation } from '@app/engines';
import { orFailure, OutputVerifier, type Verification } from '../ffmpeg/output-verifier.ts';
import { takeThumbnails } from '../ffmpeg/thumbnails.ts';
import type { RenderRecord } from './render-record.ts';
import { lookAtFrames } from './rendered-frames.ts';
import { AUDIBLE, loudestOf, SILENT } from './rendered-audio.ts';

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
    const { task } = record.order;
    const described = await this.verifier.describe(task, signal, { packets: true });
    if ('failure' in described) return { verification: [], failure: described.failure };
    const verified = await this.verifier.verify(
      task,
      { source: task.source, proxy: described.proxy },
      expectation,
      AS_RENDERED,
      signal,
    );
    if (verified.failure !== null) return verified;
    record.takeAudio(audioOf(described.proxy).flatMap(({ channels }) => channels ?? []));
    const checks = [...verified.verification];
    const failure =
      (await this.#look(record, checks, signal)) ?? (await this.#listen(record, checks, signal));
    return { facts: verified.facts ?? null, verification: checks, failure };
  }

  async #look(
    record: RenderRecord,
    checks: VerificationCheck[],
    signal: AbortSignal,
  ): Promise<JobFailure | null> {
    const { stagedFile, sourcePath } = record.order.task;
    const { cards, firstCard, isStill } = await lookAtFrames(stagedFile, signal);
    checks.push(found('media_online', cards === 0));
    if (isStill && cards === 0) record.warn(STILL);
    if (cards === 0) return null;
    const hint = `${STOP_PREFERENCE} Look at the clip there. ${record.advice()}`;
    const facts = { path: sourcePath, frames: cards, first: firstCard, hint };
    return new JobFailure('resolve_media_offline', facts);
  }

  /** A proxy of all channels that is silent is wrong if its clip isn't. In a mix may be missing what was not mixed. */
  async #listen(
    record: RenderRecord,
    checks: VerificationCheck[],
    signal: AbortSignal,
  ): Promise<JobFailure | null> {
    const { stagedFile, source, sourceFile, sourcePath } = record.order.task;
    const { clip_channels = 0, proxy_tracks = [] } = record.job.sound ?? {};
    const loudest = proxy_tracks.length > 0 ? await loudestOf(stagedFile, signal) : null;
    if (loudest !== null && loudest > SILENT) checks.push(found('sound_heard', true));
    if (loudest === null || loudest > SILENT) return null;
    const ofClip = audioOf(source).length > 0 ? await loudestOf(sourceFile, signal) : null;
    if (ofClip !== null && ofClip <= AUDIBLE) return null;
    const isWrong = ofClip !== null && channelsIn(proxy_tracks) >= clip_channels;
    if (isWrong) checks.push(found('sound_heard', false));
    else record.warn(SILENT_PROXY);
    return isWrong ? new JobFailure('resolve_silent', { path: sourcePath }) : null;
  }
}

const STILL =
  'The proxy shows one picture from start to end. If anything moves in the clip, Resolve has not read it: compare them.';
const SILENT_PROXY =
  'The proxy is silent from start to end. Listen to the clip: if it is not silent, use its sound, or that of the recorder, in the edit.';

const found = (check: string, is: boolean) => ({ check, expected: true, actual: is, passed: is });

function audioOf(media: MediaInfo | null) {
  return (media?.streams ?? []).filter((stream) => stream.kind === 'audio');
}
