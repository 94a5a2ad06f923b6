import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { BECOMES, CODECS, LUT_RANGES } from '@app/jobspec';
import type { EditorFlags } from '@app/assistant';
import { GAMMA_WORDS } from '@app/assistant/card';
import { configured, type End } from './configured.ts';
import { ExitCode } from './exit-code.ts';
import type { HandoverOptions } from './handover.command.ts';
import type { MakeFlags } from './make.command.ts';
import type { RetryOptions } from './retry.command.ts';
import { madeOwnFolder, makeWorkers } from './make-defaults.ts';

/** What comes before JobSpecs, from cards, and after their results. */
export function addMediaCommands(program: Command, end: End) {
  addMake(program, end);
  addStatus(program, end);
  addPlanCommand(program, end);
  addRetry(program, end);
  addHandover(program, end);
}

function addMake(program: Command, end: End) {
  addProxyOptions(
    program
      .command('make')
      .description('make the proxies of cards and folders, and say what is missing')
      .argument('<media...>', 'cards, folders or clips'),
  )
    .option('--watch <folder>', 'the watch folder to work in (default: one of your own)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', MAKE_HELP)
    .action(async (media: string[], flags: MakeFlags) => {
      const { make } = await import('./make.command.ts');
      const folder = flags.watch === undefined ? await madeOwnFolder() : resolve(flags.watch);
      const usual = { maxWorkers: String(makeWorkers()) };
      const configuration = await configured(program, folder, usual, { once: true });
      end(await make(media, flags, configuration));
    });
}

function addStatus(program: Command, end: End) {
  program
    .command('status')
    .description('say how far a watch folder is')
    .argument('<folder>', 'root of the watch folder')
    .option('--json', 'print one JSON object')
    .action(async (folder: string, { json = false }: { json?: boolean }) => {
      const { status } = await import('./status.command.ts');
      await configured(program);
      end(await status(resolve(folder), json));
    });
}

function addPlanCommand(program: Command, end: End) {
  addProxyOptions(
    program
      .command('plan')
      .description('look through cards and folders and make the JobSpecs of their proxies')
      .argument('<media...>', 'cards, folders or clips'),
  )
    .option('--write <directory>', 'write the JobSpecs there')
    .option('--submit <folder>', 'drop the JobSpecs into this watch folder')
    .option(
      '--follow',
      'plan what comes into the media, until a signal; --poll-seconds (default: 30) says how often to look',
    )
    .option(
      '--quiet-seconds <n>',
      'with --follow: a clip that can not be read becomes a job once nothing of its medium has changed for so long (default: 600)',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', PLAN_HELP)
    .action(async (media: string[], flags: EditorFlags) => {
      const { plan } = await import('./plan.command.ts');
      const configuration = await configured(program);
      const isGiven = program.getOptionValue('pollSeconds') !== undefined;
      const { pollSeconds } = configuration.settings;
      end(await plan(media, { ...flags, ...(isGiven && { pollSeconds }) }, configuration));
    });
}

/** What proxies are to be, and where they go. */
function addProxyOptions(command: Command): Command {
  return command
    .option(
      '-o, --output <directory>',
      'where to put the proxies; the folders of each card are made below it',
    )
    .option('--beside <name>', 'put proxies into a folder of this name beside each clip')
    .addOption(
      each(
        new Option(
          '--for <system>',
          'the editing system that attaches the proxies (repeatable): sets codec, container, size, names and, for resolve, the place',
        ).choices(['resolve', 'premiere', 'avid', 'fcp']),
      ),
    )
    .option(
      '-c, --codec <codec>',
      'codec of the proxies (repeatable); the list is below',
      collected,
    )
    .option(
      '--container <container>',
      'container of the proxies (default: the first that the codec allows)',
    )
    .option('--resolution <resolution>', 'same, half, quarter or WIDTHxHEIGHT (default: half)')
    .option(
      '--naming <template>',
      'names of the proxies (default: {source_name}; {source_name}_{codec} for codecs that share a container)',
    )
    .addOption(
      new Option(
        '--group <group>',
        'a JobSpec for each clip, or for each folder (default: clip)',
      ).choices(['clip', 'folder']),
    )
    .option(
      '--look <[kind=]file>',
      'a .cube file: burn this look into the proxies (repeatable); with KIND only into those of clips of that gamma or camera',
      collected,
    )
    .addOption(
      new Option(
        '--lut-range <range>',
        'what 0 and 1 are in it: black and white, or the first and last code (default: video)',
      ).choices(LUT_RANGES),
    )
    .option('--cdl <file>', 'CDLs of the clips: .cc, .ccc, .cdl, an ALE or an EDL')
    .addOption(
      new Option(
        '--becomes <space>',
        'what colours are after the look (default: with --look bt709, else those of the clip)',
      ).choices(BECOMES),
    )
    .option(
      '--burn-in <place=text>',
      'text in the picture (repeatable), such as bottom-left={timecode}',
      collected,
    )
    .option('--flat', 'put all proxies into one folder')
    .option(
      '--check-mhl',
      'compare sources with the hash lists beside them, leave out what differs',
    );
}

function collected(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}

/** Lets an option of choices be given more than once. */
function each(option: Option): Option {
  const { parseArg } = option;
  return option.argParser((value: string, values?: readonly string[]) =>
    collected(parseArg?.(value, undefined) ?? value, values),
  );
}

function addRetry(program: Command, end: End) {
  program
    .command('retry')
    .description('ask again for what failed jobs of a watch folder left unmade')
    .argument('<folder>', 'root of the watch folder')
    .argument('[job...]', 'failed jobs, by name or job id (default: all)')
    .option(
      '--dismiss',
      'count these failed jobs, or clips that were left out, as seen; jobs stay in failed/',
    )
    .option('--dry-run', 'only tell what would be submitted')
    .option('--json', 'print one JSON object')
    .addHelpText('after', RETRY_HELP)
    .action(async (folder: string, jobs: string[], options: RetryOptions) => {
      const { retryJobs } = await import('./retry.command.ts');
      await configured(program);
      end(await retryJobs(folder, jobs, options));
    });
}

function addHandover(program: Command, end: End) {
  program
    .command('handover')
    .description(
      'write ALE and CSV of what a watch folder has made, and list what is missing, from its results',
    )
    .argument('<folder>', 'root of the watch folder')
    .option('-o, --output <directory>', 'where to write ALE and CSV', '.')
    .option('--day <day>', 'only jobs that ended on this day, such as 2026-11-25')
    .option('--jobs <job...>', 'only these jobs, by name or job id')
    .option(
      '--link',
      'write what attaches the proxies too: FCPXML, OpenTimelineIO, and scripts for Resolve and Premiere',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', HANDOVER_HELP)
    .action(async (folder: string, options: HandoverOptions) => {
      const { handover } = await import('./handover.command.ts');
      await configured(program);
      end(await handover(folder, options));
    });
}

const WORDS_HELP = `
Codecs:
  ${CODECS.join(' ')}

KIND of --look: the model of a camera, or a gamma that clips or the files beside them name:
  ${GAMMA_WORDS.join(' ')}
`;

const MAKE_HELP = `${WORDS_HELP}
Examples:
  watch-folder-runner make /mnt/raid/A001 --for resolve
  watch-folder-runner make /mnt/raid/A001 /mnt/raid/B001 -o /mnt/raid/proxies -c prores_proxy

It plans as plan does, works all of its watch folder off, and ends with a list of what is missing. Your own watch folder lies in
$XDG_STATE_HOME or ~/.local/state, on macOS in ~/Library/Application Support. If another runner works on the folder, that one makes the proxies.
Without --max-workers it makes two clips at once, or one for four cores. Exit code ${ExitCode.JobFailed}: a proxy is missing.
`;

const PLAN_HELP = `${WORDS_HELP}
Examples:
  watch-folder-runner plan /mnt/raid/A001 --for resolve --submit /mnt/raid/watch
  watch-folder-runner plan /mnt/raid/A001 --output /mnt/raid/proxies --for premiere --submit /mnt/raid/watch
  watch-folder-runner plan /mnt/raid/day3 --output /mnt/raid/proxies --codec h264 --submit /mnt/raid/watch --follow
  watch-folder-runner plan /mnt/raid/day3 --output /mnt/raid/proxies --codec h264 --look slog3=sony.cube --look logc3=arri.cube

Without --write and --submit nothing is written. With --submit, what jobs have made or will make is left out. Exit code ${ExitCode.JobFailed} says that something will be
refused or was not planned: a clip that no engine takes or that differs from its hash list, names that collide,
or no clip at all.
`;

const HANDOVER_HELP = `
Examples:
  watch-folder-runner handover /mnt/raid/watch --output /mnt/raid/lists
  watch-folder-runner handover /mnt/raid/watch --output /mnt/raid/lists --day 2026-11-25
  watch-folder-runner handover /mnt/raid/watch --output /mnt/raid/lists --link
`;

const RETRY_HELP = `
What is made isn't made again, and what waits or runs isn't asked for twice. Exit code ${ExitCode.JobFailed}: a job can't be asked for again, or clips on media weren't planned.

Examples:
  watch-folder-runner retry /mnt/raid/watch --dry-run
  watch-folder-runner retry /mnt/raid/watch A001-C0003-prores_proxy-3c16ac52
`;
