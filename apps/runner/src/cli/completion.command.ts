import type { Argument, Command, Option } from 'commander';

const HEAD = {
  bash: `_watch_folder_runner() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= words= word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
  zsh: `#compdef watch-folder-runner
_watch_folder_runner() {
  local current=\${words[CURRENT]} previous=\${words[CURRENT-1]} command= found= word
  for word in "\${(@)words[2,CURRENT-1]}"; do`,
};

const TAIL = {
  bash: `  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _watch_folder_runner watch-folder-runner`,
  zsh: `  if [[ -n $found ]]; then compadd -- \${=found}; else _files; fi
}
compdef _watch_folder_runner watch-folder-runner`,
};

/** A script that completes commands, flags and what they may be, as the command line itself has them. Files are the shell's to complete. */
export function completionScript(program: Command, shell: keyof typeof HEAD): string {
  const help = program.createHelp();
  const all = [program, ...help.visibleCommands(program)];
  const names = all.slice(1).map((command) => command.name());
  const general = flagsOf(help.visibleOptions(program));
  // In zsh, words is the command line.
  const found = shell === 'bash' ? 'words' : 'found';
  const values = all.flatMap((command) => [
    ...help.visibleOptions(command).map((option) => choice(command, program, option)),
    ...command.registeredArguments.map((argument) => argumentChoice(command, argument)),
  ]);
  return [
    HEAD[shell],
    `    case $word in ${names.join('|')}) command=$word; break ;; esac`,
    '  done',
    '  case $command:$current:$previous in',
    ...values.filter((line) => line !== null).map((line) => line.replace('FOUND', found)),
    `    :-*) ${found}='${general}' ;;`,
    ...all
      .slice(1)
      .map(
        (command) =>
          `    ${command.name()}:-*) ${found}='${flagsOf(help.visibleOptions(command))} ${general}' ;;`,
      ),
    `    :*) ${found}='${names.join(' ')}' ;;`,
    '  esac',
    TAIL[shell],
    '',
  ].join('\n');
}

function flagsOf(options: readonly Option[]): string {
  return options.flatMap(({ short, long }) => [short, long].filter(Boolean)).join(' ');
}

/** What may follow a flag, before anything else is thought of. */
function choice(command: Command, program: Command, option: Option): string | null {
  const { argChoices, short, long } = option;
  const name = command === program ? '*' : command.name();
  const flags = [short, long].filter(Boolean).map((flag) => `${name}:*:${flag}`);
  if (argChoices) return `    ${flags.join('|')}) FOUND='${argChoices.join(' ')}' ;;`;
  // A file, a number or a word of the user's own.
  return option.required ? `    ${flags.join('|')}) ;;` : null;
}

function argumentChoice(command: Command, { argChoices }: Argument): string | null {
  const name = command.name();
  return argChoices ? `    ${name}:*:${name}) FOUND='${argChoices.join(' ')}' ;;` : null;
}
