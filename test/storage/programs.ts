import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { withVariables } from '../support/with-variables.ts';

/** Media made by `makeStandInMedia`. */
export const SOURCE = '/back/stand-in/source.mov';
export const PROXY = '/back/stand-in/proxy.mp4';
const STAND_IN = `${process.env['PLACE']}/test/support/stand-in/ffmpeg`;

/** Answers as ffprobe did before, where the same was asked of a file of the same size: it starts slowly here. */
const REMEMBERING_FFPROBE = `#!/bin/sh
for file; do :; done
file=\${file#file:}
key=$(printf '%s ' "$@" | sed 's#[^ ]* $##; s#/proc/[0-9]*/fd/[0-9]*##g' | md5sum | cut -c1-32)-$(stat -Lc %s "$file")
mkdir -p /tmp/asked
[ -e "/tmp/asked/$key" ] || { /usr/bin/ffprobe "$@" >"/tmp/asked/$key.$$" && mv "/tmp/asked/$key.$$" "/tmp/asked/$key"; } || exit
exec cat "/tmp/asked/$key"
`;

let count = 0;

/** A folder with a made engine for the front of the `PATH`, which behaves as these variables say. */
export async function madeEngine(variables: Record<string, string> = {}): Promise<string> {
  const folder = `/tmp/programs-${++count}`;
  await mkdir(folder);
  withVariables(folder, 'ffmpeg', STAND_IN, { STAND_IN_PROXY: PROXY, ...variables });
  await writeFile(`${folder}/ffprobe`, REMEMBERING_FFPROBE);
  await chmod(`${folder}/ffprobe`, 0o755);
  return folder;
}
