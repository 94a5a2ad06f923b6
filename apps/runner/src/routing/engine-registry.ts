import { Injectable } from '@nestjs/common';
import type { EngineName } from '@app/jobspec';
import type { Engine } from '@app/engines';
import { FfmpegEngine } from '../ffmpeg/ffmpeg.engine.ts';
import { ResolveEngine } from '../resolve/resolve.engine.ts';

/** Finds the engine that routing has named. */
@Injectable()
export class EngineRegistry {
  readonly #engines: Readonly<Record<EngineName, Engine>>;

  constructor(ffmpeg: FfmpegEngine, resolve: ResolveEngine) {
    this.#engines = { ffmpeg, resolve };
  }

  get(name: EngineName): Engine {
    return this.#engines[name];
  }
}
