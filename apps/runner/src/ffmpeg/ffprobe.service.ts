import { Injectable } from '@nestjs/common';
import { RunnerSettings } from '../config/settings.ts';
import { mediaFile } from './media-programs.ts';

/** Inspects media files as {@link mediaFile} does, within the limits of the settings. */
@Injectable()
export class FfprobeService {
  constructor(private readonly settings: RunnerSettings) {}

  /** Reads the header of a regular file that isn't empty, and its first frames if the header leaves their times open. */
  async probe(path: string, signal?: AbortSignal) {
    return this.#file(path, signal).probe();
  }

  /** Reads only the header of such a file. */
  async describe(path: string, signal?: AbortSignal) {
    return this.#file(path, signal).describe();
  }

  #file(path: string, signal?: AbortSignal) {
    return mediaFile(path, { signal, stallSeconds: this.settings.stallTimeoutSeconds });
  }
}
