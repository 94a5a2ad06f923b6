import type { MatrixSource } from './source.ts';
import { CONTAINERS_SOURCES } from './sources/containers.ts';
import { HD_SOURCES } from './sources/hd.ts';
import { PICTURE_SOURCES } from './sources/picture.ts';
import { SOUND_SOURCES } from './sources/sound.ts';
import { TIMING_SOURCES } from './sources/timing.ts';

export const SOURCES: readonly MatrixSource[] = [
  ...TIMING_SOURCES,
  ...PICTURE_SOURCES,
  ...SOUND_SOURCES,
  ...CONTAINERS_SOURCES,
  ...HD_SOURCES,
];
