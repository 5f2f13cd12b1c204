import { Argument, type Command, type Option } from 'commander';

const shells = ['bash', 'zsh'] as const;

/** `postern completion`. It must be added after all other commands: the script names each of them. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell that reads it').choices(shells))
    .addHelpText('after', '\nUse it with: source <(postern completion bash)')
    .action((shell: (typeof shells)[number]) => void process.stdout.write(completionScript(program, shell)));
}

/** What may follow a command. */
interface CompletedCommand {
  /** Its name after those that contain it, such as `keys rotate`; empty for the program. */
  readonly path: string;
  readonly words: readonly string[];
  /** Options that take one of some values. */
  readonly choices: readonly Option[];
}

/** Lists a command and all in it. The program's options belong to every command. */
function listCommands(command: Command, path = '', inherited: readonly Option[] = []): CompletedCommand[] {
  const options = [...command.options, ...inherited];
  const own: CompletedCommand = {
    path,
    words: [
      ...command.commands.flatMap((child) => [child.name(), ...child.aliases()]),
      ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
      ...options.flatMap(({ long }) => long ?? []),
      '--help',
    ],
    choices: options.filter(({ argChoices }) => argChoices),
  };
  const shared = options.filter(({ long }) => long !== '--version');
  return [
    own,
    ...command.commands.flatMap((child) =>
      [child.name(), ...child.aliases()].flatMap((name) => listCommands(child, `${path} ${name}`.trim(), shared)),
    ),
  ];
}

/**
 * A script for bash, or for zsh with its emulation of bash. It is complete in itself: asking Postern at each Tab would
 * load the whole program.
 */
function completionScript(program: Command, shell: (typeof shells)[number]): string {
  const commands = listCommands(program);
  const paths = commands.map(({ path }) => `'${path}'`).filter((path) => path !== "''");
  const values = commands.flatMap(({ path, choices }) =>
    choices.map(({ long, argChoices }) => `    '${path} ${long}') words='${argChoices?.join(' ')}' ;;`),
  );
  return `${shell === 'zsh' ? 'autoload -Uz compinit bashcompinit\n(( $+functions[compdef] )) || compinit\nbashcompinit\n' : ''}_postern() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' next words='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    next="\${path:+$path }\${COMP_WORDS[index]}"
    case "$next" in
      ${paths.join(' | ')}) path="$next" ;;
    esac
  done
  case "$path" in
${commands.map(({ path, words }) => `    '${path}') words='${words.join(' ')}' ;;`).join('\n')}
  esac
  case "$path \${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _postern postern
`;
}
