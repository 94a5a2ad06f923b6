import { Injectable } from '@nestjs/common';
import { judgeRender, type ClipOutcome, type ClipRender } from '@app/engines';
import { runAside } from '../ffmpeg/encode.ts';
import { orFailure, OutputVerifier, type Verification } from '../ffmpeg/output-verifier.ts';
import type { RenderRecord } from './render-record.ts';

const STALL_SECONDS = 60;
/** Resolve reports no duplicated or dropped frames. */
const AS_RENDERED = { duplicatedFrames: 0, droppedFrames: 0, frameTimes: null, frameTick: 0 };

/** Verifies a rendered file: runs the checks of every proxy, and those for faults that only Resolve makes. */
@Injectable()
export class RenderInspector {
  constructor(private readonly verifier: OutputVerifier) {}

  async inspect(
    record: RenderRecord,
    plan: ClipRender,
    signal: AbortSignal,
  ): Promise<Verification & Pick<ClipOutcome, 'thumbnails'>> {
    return orFailure(this.#verify(record, plan, signal), signal);
  }

  async #verify(record: RenderRecord, plan: ClipRender, signal: AbortSignal) {
    const { task } = record.order;
    const described = await this.verifier.describe(task, signal, { packets: true });
    if ('failure' in described) return { verification: [], failure: described.failure };
    const both = { source: task.source, proxy: described.proxy };
    const { expectation } = plan;
    const verified = await this.verifier.verify(task, both, expectation, AS_RENDERED, signal);
    if (verified.failure !== null) return verified;
    const render = { ...task, ...both, plan, advice: record.advice() };
    const bounds = { signal, stallSeconds: STALL_SECONDS };
    const judged = await judgeRender(render, record, (call) => runAside(call, bounds));
    const { checks, ...others } = judged;
    const verification = [...verified.verification, ...checks];
    return { facts: verified.facts ?? null, verification, ...others };
  }
}
