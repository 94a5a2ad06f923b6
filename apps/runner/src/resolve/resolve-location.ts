import { join } from 'node:path';
import { exists } from '../files/index.ts';
import { environment } from '../process/environment.ts';

/** Where Resolve's scripting module is on this machine, and where it was looked for. */
export interface ResolveLocation {
  /** The folder that `RESOLVE_SCRIPT_API` names; the first candidate when none has the module. */
  scriptApi: string;
  scriptLib: string | null;
  /** Whether the module is there. */
  found: boolean;
  /** Every folder that was tried, in order. */
  candidates: readonly string[];
}

interface Installation {
  api: string;
  lib: string;
}

const MODULE = join('Modules', 'DaVinciResolveScript.py');

/** As Blackmagic's README lists them; the second of macOS is the App Store's, the second of Linux is mentioned there. */
const INSTALLATIONS: Readonly<Record<string, readonly Installation[]>> = {
  darwin: ['/Applications/DaVinci Resolve', '/Applications'].map((folder) => ({
    api: '/Library/Application Support/Blackmagic Design/DaVinci Resolve/Developer/Scripting',
    lib: `${folder}/DaVinci Resolve.app/Contents/Libraries/Fusion/fusionscript.so`,
  })),
  linux: ['/opt/resolve', '/home/resolve'].map((folder) => ({
    api: `${folder}/Developer/Scripting`,
    lib: `${folder}/libs/Fusion/fusionscript.so`,
  })),
  win32: [
    {
      api: join(
        environment()['PROGRAMDATA'] ?? 'C:\\ProgramData',
        'Blackmagic Design\\DaVinci Resolve\\Support\\Developer\\Scripting',
      ),
      lib: 'C:\\Program Files\\Blackmagic Design\\DaVinci Resolve\\fusionscript.dll',
    },
  ],
};

/** Looks for the files of Resolve's scripting interface; starts nothing. The official variables come first. */
export async function locateResolve(): Promise<ResolveLocation> {
  const { RESOLVE_SCRIPT_API: api, RESOLVE_SCRIPT_LIB: lib } = environment();
  const installed = INSTALLATIONS[process.platform] ?? [];
  const candidates = api ? [api] : [...new Set(installed.map((one) => one.api))];
  const found = await firstOf(candidates, (folder) => join(folder, MODULE));
  const scriptLib = lib || (await firstOf(installed.map((one) => one.lib)));
  return {
    scriptApi: found ?? candidates[0] ?? '',
    scriptLib,
    found: found !== null,
    candidates: candidates.map((folder) => join(folder, MODULE)),
  };
}

async function firstOf(paths: readonly string[], fileOf = (path: string) => path) {
  for (const path of paths) if (await exists(fileOf(path)).catch(() => false)) return path;
  return null;
}
