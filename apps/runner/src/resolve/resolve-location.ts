import { dirname, join } from 'node:path';
import { exists, environment } from '@app/storage';

/** Where the files of Resolve's scripting interface are on this machine, and where they were looked for. */
export interface ResolveLocation {
  /** The folder that `RESOLVE_SCRIPT_API` names; `null` when the module is in none. */
  scriptApi: string | null;
  scriptLib: string | null;
  /** Every place where the module was looked for, in order. */
  candidates: readonly string[];
}

const MODULE = join('Modules', 'DaVinciResolveScript.py');
const PROGRAM_DATA = environment()['PROGRAMDATA'] ?? 'C:\\ProgramData';

/** As Blackmagic's README lists them; the second library of macOS is the App Store's, the second of Linux is mentioned there. */
const INSTALLATIONS: Readonly<Record<string, { apis: string[]; libs: string[] }>> = {
  darwin: {
    apis: ['/Library/Application Support/Blackmagic Design/DaVinci Resolve/Developer/Scripting'],
    libs: ['/Applications/DaVinci Resolve', '/Applications'].map(
      (folder) => `${folder}/DaVinci Resolve.app/Contents/Libraries/Fusion/fusionscript.so`,
    ),
  },
  linux: {
    apis: ['/opt/resolve/Developer/Scripting', '/home/resolve/Developer/Scripting'],
    libs: ['/opt/resolve/libs/Fusion/fusionscript.so', '/home/resolve/libs/Fusion/fusionscript.so'],
  },
  win32: {
    apis: [join(PROGRAM_DATA, 'Blackmagic Design\\DaVinci Resolve\\Support\\Developer\\Scripting')],
    libs: ['C:\\Program Files\\Blackmagic Design\\DaVinci Resolve\\fusionscript.dll'],
  },
};

/** Looks for them; starts nothing. The official variables come first. */
export async function locateResolve(): Promise<ResolveLocation> {
  const { RESOLVE_SCRIPT_API: api, RESOLVE_SCRIPT_LIB: lib } = environment();
  const { apis, libs } = INSTALLATIONS[process.platform] ?? { apis: [], libs: [] };
  const candidates = (api ? [api] : apis).map((folder) => join(folder, MODULE));
  const module = await firstThere(candidates);
  const scriptApi = module && dirname(dirname(module));
  return { scriptApi, scriptLib: lib || (await firstThere(libs)), candidates };
}

async function firstThere(paths: readonly string[]) {
  for (const path of paths) if (await exists(path).catch(() => false)) return path;
  return null;
}
