import { resolve } from 'node:path';
import type { Command } from 'commander';
import { configured, type End } from './configured.ts';

/** Commands that tell something and change nothing. */
export function addHelpCommands(program: Command, end: End) {
  program
    .command('doctor')
    .description('tell what is installed, what is missing, what would fail')
    .argument('[folder]', 'a watch folder to look at too')
    .option('--render-test [directory]', 'let Resolve render six test clips there; default: here')
    .action(async (folder: string | undefined, options: { renderTest?: string | true }) => {
      const { doctor } = await import('./doctor.command.ts');
      end(await doctor(await configured(program), folder, renderFolderOf(options.renderTest)));
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

function renderFolderOf(renderTest: string | true | undefined): string | null {
  return renderTest === undefined ? null : resolve(renderTest === true ? '.' : renderTest);
}
