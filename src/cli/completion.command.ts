import { Argument, type Command, type Option } from 'commander';
import { completionScript, shells, type CompletedCommand, type Shell } from './completion-scripts.js';

/** `postern completion`. It must be added after all other commands: the script names each of them. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell that reads it').choices(shells))
    .addHelpText('after', '\nUse it with: source <(postern completion bash)\nIn fish: postern completion fish | source')
    .action((shell: Shell) => void process.stdout.write(completionScript(listCommands(program), shell)));
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
