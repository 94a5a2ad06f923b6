import { beforeAll } from 'vitest';
import { makeSource, type ClipOptions } from './media.ts';
import { useTemporaryFolder } from './temporary-folder.ts';

/** Small clips for the tests of one file, by file name. The paths are there inside tests and hooks. */
export function useClips<Name extends string>(
  clips: Record<Name, ClipOptions>,
): Record<Name, string> {
  const folder = useTemporaryFolder();
  const paths = {} as Record<Name, string>;
  beforeAll(async () => {
    for (const name of Object.keys(clips) as Name[])
      paths[name] = await makeSource(folder.path, name, clips[name]);
  });
  return paths;
}
