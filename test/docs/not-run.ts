import { commands, type Block } from './blocks.ts';

/** Commands that no test can run: the document, what the block holds and no other does, and why. */
export const NOT_RUN: readonly [document: string, holds: string, why: string][] = [
  ['README.md', 'git clone', 'needs the network'],
  [
    'docs/deployment.md',
    'docker compose',
    'needs a Docker engine; the workflow builds and starts both images with it',
  ],
  [
    'docs/deployment.md',
    'systemctl enable --now watch-folder-runner-dashboard',
    'needs a running systemd; test/dashboard copies what these lines copy, and starts it as the unit does',
  ],
  [
    'docs/deployment.md',
    'systemctl enable --now watch-folder-runner@',
    'needs a running systemd; test/deploy checks the units and runs the lines that make the folder',
  ],
  [
    'docs/deployment.md',
    'systemctl --user enable',
    "needs a running systemd and a user's session; test/deploy checks the unit",
  ],
  [
    'docs/deployment.md',
    'deploy/ffmpeg/build.sh',
    'installs packages and builds for ten minutes; the image of the runner is built with it',
  ],
  ['docs/deployment.md', 'npx ./', 'needs the registry; test/package installs the same file'],
  ['CONTRIBUTING.md', 'git clone', 'needs the network'],
  ...['proxy/video/decoding', '/tmp/tall', 'git commit'].map((holds): [string, string, string] => [
    'CONTRIBUTING.md',
    holds,
    'is a step of the first change, which test/docs/first-change.spec.ts makes',
  ]),
  ['CONTRIBUTING.md', 'npm version', 'changes the version; test/package publishes with --dry-run'],
  ['docs/fidelity.md', 'test:footage', 'needs a folder of footage'],
  [
    'docs/performance.md',
    'deploy/slurm/submit.sh',
    'needs a Slurm; npm run test:slurm runs it on one',
  ],
  [
    'docs/performance.md',
    'openjd run',
    'needs OpenJD and an account of AWS; test/deploy runs its task',
  ],
  ['docs/performance.md', 'deadlinecommand', 'needs Deadline, and an account of AWS'],
];

/** Entries of the list above that a block holds. */
export const reasonsOf = ({ document, text }: Block) =>
  NOT_RUN.filter(([where, holds]) => where === document && text.includes(holds));

/** The commands that tests run. */
export const runnable = () => commands().filter((block) => reasonsOf(block).length === 0);
