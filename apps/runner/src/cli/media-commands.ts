import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { BECOMES, CODECS, LUT_RANGES } from '@app/jobspec';
import type { EditorFlags } from '@app/assistant';
import { GAMMA_NAMES } from '@app/assistant/card';
import { configured, type End } from './configured.ts';
import { ExitCode } from './exit-code.ts';
import type { HandoverOptions } from './handover.command.ts';
import type { MakeFlags } from './make.command.ts';
import type { RetryOptions } from './retry.command.ts';
import { madeOwnFolder, makeWorkers } from './make-defaults.ts';

/** Commands on cards and folders, before there are JobSpecs, and on the results of a watch folder. */
export function addMediaCommands(program: Command, end: End) {
  addMake(program, end);
  addStatus(program, end);
  addPlanCommand(program, end);
  addRetry(program, end);
  addHandover(program, end);
}

function addMake(program: Command, end: End) {
  const command = program
    .command('make')
    .description('make the proxies of cards and folders, and say what is missing')
    .argument('<media...>', 'cards, folders or clips');
  const watch = { '--watch <folder>': 'the watch folder to work in (default: one of your own)' };
  addFlags(command, { ...PROXY_FLAGS, ...watch, ...JSON_FLAG })
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
    .description('show the progress of a watch folder')
    .argument('<folder>', 'root of the watch folder')
    .action(async (folder: string) => {
      const { status } = await import('./status.command.ts');
      await configured(program);
      end(await status(resolve(folder)));
    });
}

function addPlanCommand(program: Command, end: End) {
  const command = program
    .command('plan')
    .description('look through cards and folders and make the JobSpecs of their proxies')
    .argument('<media...>', 'cards, folders or clips');
  addFlags(command, { ...PROXY_FLAGS, ...PLAN_FLAGS, ...JSON_FLAG })
    .addHelpText('after', PLAN_HELP)
    .action(async (media: string[], flags: EditorFlags) => {
      const { plan } = await import('./plan.command.ts');
      const configuration = await configured(program);
      const isGiven = program.getOptionValue('pollSeconds') !== undefined;
      const { pollSeconds } = configuration.settings;
      end(await plan(media, { ...flags, ...(isGiven && { pollSeconds }) }, configuration));
    });
}

/** Flags with their help texts. */
type Flags = Readonly<Record<string, string>>;

const JSON_FLAG: Flags = { '--json': 'print one JSON object' };

/** Flags for the format and the destination of proxies. */
const PROXY_FLAGS: Flags = {
  '-o, --output <directory>':
    'where to put the proxies; the folders of each card are made below it',
  '--beside <name>': 'put proxies into a folder of this name beside each clip',
  '--for <system>':
    'the editing system that attaches the proxies: sets codec, container, size, names and, for resolve, the place',
  '-c, --codec <codec>': 'codec of the proxies; the list is below',
  '--container <container>': 'container of the proxies (default: the first that the codec allows)',
  '--resolution <resolution>': 'same, half, quarter or WIDTHxHEIGHT (default: half)',
  '--naming <template>':
    'names of the proxies (default: {source_name}; {source_name}_{codec} for codecs that share a container)',
  '--group <group>': 'a JobSpec for each clip, or for each folder (default: clip)',
  '--look <[kind=]file>':
    'a .cube file: burn this look into the proxies; with KIND only into those of clips of that gamma or camera',
  '--lut-range <range>':
    'what 0 and 1 mean in it: black and white, or the first and last code (default: video)',
  '--cdl <file>': 'CDLs of the clips: .cc, .ccc, .cdl, an ALE or an EDL',
  '--becomes <space>':
    'colours after the look (default: bt709 with --look, else those of the clip)',
  '--burn-in <place=text>': 'text in the picture, such as bottom-left={timecode}',
  '--flat': 'put all proxies into one folder',
  '--check-mhl': 'compare sources with the hash lists beside them, leave out what differs',
};

const PLAN_FLAGS: Flags = {
  '--write <directory>': 'write the JobSpecs there',
  '--submit <folder>': 'drop the JobSpecs into this watch folder',
  '--follow':
    'plan clips as they arrive, until a signal; --poll-seconds (default: 30) sets the interval',
};

/** Flags with a fixed set of values, and flags that may be repeated. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  '--for <system>': ['resolve', 'premiere', 'avid', 'fcp'],
  '--group <group>': ['clip', 'folder'],
  '--lut-range <range>': LUT_RANGES,
  '--becomes <space>': BECOMES,
};
const REPEATED = new Set([
  '--for <system>',
  '-c, --codec <codec>',
  '--look <[kind=]file>',
  '--burn-in <place=text>',
]);

function addFlags(command: Command, flags: Flags): Command {
  for (const [flag, about] of Object.entries(flags)) {
    const isRepeated = REPEATED.has(flag);
    const option = new Option(flag, isRepeated ? `${about} (repeatable)` : about);
    const choices = CHOICES[flag];
    if (choices !== undefined) option.choices(choices);
    const { parseArg } = option;
    if (isRepeated)
      option.argParser((value: string, values?: readonly string[]) => [
        ...(values ?? []),
        parseArg?.(value, undefined) ?? value,
      ]);
    command.addOption(option);
  }
  return command;
}

function addRetry(program: Command, end: End) {
  const command = program
    .command('retry')
    .description('submit again what failed jobs of a watch folder left unmade')
    .argument('<folder>', 'root of the watch folder')
    .argument('[job...]', 'failed jobs, by name or job id (default: all)');
  addFlags(command, { ...RETRY_FLAGS, ...JSON_FLAG })
    .addHelpText('after', RETRY_HELP)
    .action(async (folder: string, jobs: string[], options: RetryOptions) => {
      const { retryJobs } = await import('./retry.command.ts');
      await configured(program);
      end(await retryJobs(folder, jobs, options));
    });
}

const RETRY_FLAGS: Flags = {
  '--dismiss': 'put these failed jobs, or clips that were left out, aside; jobs stay in failed/',
  '--dry-run': 'only tell what would be submitted',
};

function addHandover(program: Command, end: End) {
  const command = program
    .command('handover')
    .description(
      'write ALE and CSV of what a watch folder has made, and list what is missing, from its results',
    )
    .argument('<folder>', 'root of the watch folder')
    .option('-o, --output <directory>', 'where to write ALE and CSV', '.');
  addFlags(command, { ...HANDOVER_FLAGS, ...JSON_FLAG })
    .addHelpText('after', HANDOVER_HELP)
    .action(async (folder: string, options: HandoverOptions) => {
      const { handover } = await import('./handover.command.ts');
      await configured(program);
      end(await handover(folder, options));
    });
}

const HANDOVER_FLAGS: Flags = {
  '--jobs <job...>': 'only these jobs, by name or job id',
  '--link':
    'write what attaches the proxies too: FCPXML, OpenTimelineIO, and scripts for Resolve and Premiere',
};

const WORDS_HELP = `
Codecs:
  ${CODECS.join(' ')}

KIND of --look: the model of a camera, or a gamma that clips or the files beside them name:
  ${GAMMA_NAMES.join(' ')}
`;

const MAKE_HELP = `${WORDS_HELP}
Examples:
  watch-folder-runner make /mnt/raid/A001 --for resolve
  watch-folder-runner make /mnt/raid/A001 /mnt/raid/B001 -o /mnt/raid/proxies -c prores_proxy

It plans as plan does, runs all jobs of its watch folder, and ends with a list of what is missing. Your own watch folder is in
$XDG_STATE_HOME or ~/.local/state, on macOS in ~/Library/Application Support. If another runner works on the folder, that one makes the proxies.
Without --max-workers it makes two clips at once, or one per four cores if that is more. Exit code ${ExitCode.JobFailed}: a proxy is missing.
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
  watch-folder-runner handover /mnt/raid/watch --output /mnt/raid/lists --jobs A001-C0003-prores_proxy-3c16ac52
  watch-folder-runner handover /mnt/raid/watch --output /mnt/raid/lists --link
`;

const RETRY_HELP = `
Proxies that exist aren't made again, and clips that are queued or running aren't submitted twice. Exit code ${ExitCode.JobFailed}: a job can't be submitted again, or clips on media weren't planned.

Examples:
  watch-folder-runner retry /mnt/raid/watch --dry-run
  watch-folder-runner retry /mnt/raid/watch A001-C0003-prores_proxy-3c16ac52
`;
