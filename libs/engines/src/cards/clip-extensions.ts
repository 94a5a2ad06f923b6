import { SOURCE_CONTAINERS } from '../media/index.ts';

/** Clips in containers that no source may have. */
const FOREIGN = '.m2v .wmv .flv .cine .mlv .rmf .krw'.split(' ');

/** Extensions that clips have. Such a file that no engine takes is told; another that can't be opened is just no clip. */
export const CLIP_EXTENSIONS: readonly string[] = [
  ...Object.values(SOURCE_CONTAINERS).flatMap(({ extensions }) => extensions),
  ...FOREIGN,
];
