import { Injectable } from '@nestjs/common';
import type { EngineName } from '@app/jobspec';
import type { Engine } from '@app/engines';
import { FfmpegEngine } from '../ffmpeg/ffmpeg.engine.ts';
import { DavinciEngine } from '../davinci/davinci.engine.ts';

/** Finds the engine that routing has named. */
@Injectable()
export class EngineRegistry {
  readonly #engines: Readonly<Record<EngineName, Engine>>;

  constructor(ffmpeg: FfmpegEngine, resolve: DavinciEngine) {
    this.#engines = { ffmpeg, resolve };
  }

  get(name: EngineName): Engine {
    return this.#engines[name];
  }
}
