import { Injectable } from '@nestjs/common';
import { inspectRender, type ClipRender } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { mediaPrograms } from '../ffmpeg/media-programs.ts';
import type { RenderRecord } from './render-record.ts';

const STALL_SECONDS = 60;

/** Verifies a rendered file. */
@Injectable()
export class RenderInspector {
  constructor(private readonly settings: RunnerSettings) {}

  inspect(
    record: RenderRecord,
    plan: ClipRender,
    signal: AbortSignal,
  ): ReturnType<typeof inspectRender> {
    const { probe } = mediaPrograms({ signal, stallSeconds: this.settings.stallTimeoutSeconds });
    const programs = { ...mediaPrograms({ signal, stallSeconds: STALL_SECONDS }), probe };
    return inspectRender(record.order.task, plan, record, programs);
  }
}
