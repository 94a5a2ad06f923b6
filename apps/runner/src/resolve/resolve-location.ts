import { dirname, join } from 'node:path';
import { exists, environment } from '@app/storage';

/** Location of Resolve's scripting files, and the paths that were searched. */
export interface ResolveLocation {
  /** Folder for `RESOLVE_SCRIPT_API`; `null` if the module wasn't found. */
  scriptApi: string | null;
  scriptLib: string | null;
  /** Searched paths of the module, in order. */
  candidates: readonly string[];
}

const MODULE = join('Modules', 'DaVinciResolveScript.py');
const PROGRAM_DATA = environment()['PROGRAMDATA'] ?? 'C:\\ProgramData';

/** Paths from Blackmagic's README, but for the second library of macOS, which is that of the App Store edition. */
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

/** Searches for Resolve without starting anything. Blackmagic's variables take precedence. */
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
