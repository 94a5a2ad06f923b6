import { resolve } from 'node:path';
import type { Command } from 'commander';
import { configured, type End } from './configured.ts';

/** Commands that tell something and change nothing. */
export function addHelpCommands(program: Command, end: End) {
  program
    .command('doctor')
    .description('tell what is installed, what is missing, what would fail')
    .argument('[folder]', 'a watch folder to look at too')
    .option('--render-test [directory]', 'let Resolve render test clips there; default: here')
    .option('--clip <path>', 'a clip of yours for the render test')
    .option('--prove', 'make and compare proxies of every kind, to prove this FFmpeg')
    .action(async (folder: string | undefined, options: DoctorOptions) => {
      if (options.prove === true) {
        const { proveFfmpeg } = await import('./prove.command.ts');
        const absolute = folder === undefined ? '' : resolve(folder);
        return end(await proveFfmpeg(await configured(program), absolute));
      }
      const { doctor } = await import('./doctor.command.ts');
      end(await doctor(await configured(program), folder, renderTestOf(options)));
    });
  program
    .command('schema')
    .description('print a JSON Schema')
    .argument('[document]', 'jobspec or result')
    .action(async (document: string | undefined) => {
      const { printSchema } = await import('./schema.command.ts');
      end(printSchema(document));
    });
}

interface DoctorOptions {
  renderTest?: string | true;
  clip?: string;
  prove?: true;
}

/** A clip is named for a render test, whether that is or not. */
function renderTestOf({ renderTest, clip }: DoctorOptions) {
  if (renderTest === undefined && clip === undefined) return null;
  const directory = typeof renderTest === 'string' ? renderTest : '.';
  return { directory: resolve(directory), clip: clip === undefined ? null : resolve(clip) };
}
