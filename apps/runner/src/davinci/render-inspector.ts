import { Injectable } from '@nestjs/common';
import { Prober, type AudioStream, type ClipOutcome, type ProxyExpectation } from '@app/engines';
import { notVerified, OutputVerifier, takePosters, type Verification } from '../probe/index.ts';
import { showsOfflineCard } from './offline-picture.ts';
import type { RenderRecord } from './render-record.ts';

/** Resolve repeats and drops no frames that its file doesn't show. */
const AS_RENDERED = { duplicatedFrames: 0, droppedFrames: 0, pictureTimes: null, pictureTick: 0 };

/** Looks into a rendered file: at what every proxy is checked for, and at what only Resolve gets wrong. */
@Injectable()
export class RenderInspector {
  constructor(
    private readonly verifier: OutputVerifier,
    private readonly prober: Prober,
  ) {}

  async inspect(
    record: RenderRecord,
    expectation: ProxyExpectation,
    signal: AbortSignal,
  ): Promise<Verification & Pick<ClipOutcome, 'posters'>> {
    const { task } = record.order;
    const verified = await this.#verify(record, expectation, signal);
    const { frames } = expectation.declared;
    const posters = await takePosters(task, expectation, frames ?? 1, signal);
    return { ...verified, posters };
  }

  async #verify(
    record: RenderRecord,
    expectation: ProxyExpectation,
    signal: AbortSignal,
  ): Promise<Verification> {
    const { task, probed } = record.order;
    const verified = await this.verifier.verify(task, probed, expectation, AS_RENDERED, signal);
    if (verified.failure !== null) return verified;
    record.takeSound(await this.#tracks(task.stagingPath, signal));
    const isOffline = await showsOfflineCard(task.stagingPath, signal);
    const check = { check: 'media_online', expected: true, actual: !isOffline, passed: !isOffline };
    const why = `it shows Resolve's red card for media that it can't read, instead of ${task.sourcePath}. ${record.decoderAdvice()}`;
    return {
      verification: [...verified.verification, check],
      failure: isOffline ? notVerified(why) : null,
    };
  }

  async #tracks(path: string, signal: AbortSignal): Promise<number[]> {
    const probed = await this.prober.probe(path, signal);
    const streams = 'media' in probed ? probed.media.streams : [];
    return streams
      .filter((stream): stream is AudioStream => stream.kind === 'audio')
      .flatMap(({ channels }) => channels ?? []);
  }
}
