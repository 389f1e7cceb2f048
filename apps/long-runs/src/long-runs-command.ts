/** The command line: what to run, and how much of it. */
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { ExactProblemsOptions } from './exact-problems.js';
import type { StoppedExactOptions } from './stopped-exact.js';

/** What the command line may ask for; each says whether all was well. */
export interface LongRunsActions {
  /** Runs with these names, each in a process of its own. */
  runEach(names: readonly string[]): boolean;
  /** The run with this name, in this process. */
  runHere(name: string): Promise<boolean>;
  compareExactProblems(options: ExactProblemsOptions): boolean;
  stopExactSolve(options: StoppedExactOptions): Promise<boolean>;
}

/**
 * The command; `parseAsync` carries it out.
 *
 * @param names - the runs that watch the memory
 * @param actions - what is done
 * @param end - told at the end whether all was well
 */
export function longRunsCommand(
  names: readonly string[],
  actions: LongRunsActions,
  end: (isWell: boolean) => void,
): Command {
  const program = new Command('test:long')
    .description(
      'Repeat training, sampling and the making of what they need very often, and say whether the memory stays flat. ' +
        'Without names: all of them, and both commands below.',
    )
    .addArgument(new Argument('[names...]', 'which of them').choices(names))
    .addOption(new Option('--in-this-process').hideHelp())
    .addHelpText('after', '\nBRENIER_ENGINE=tfjs-node runs tensors on that engine instead of wasm.');
  const compare = program
    .command('exact-problems')
    .description('compare exact transport with an independent solver on thousands of generated problems')
    .option('--problems <count>', 'how many', wholeNumber, 20_000)
    .option('--seed <number>', 'seed of the first; the next ones follow', wholeNumber, 0)
    .action((options: ExactProblemsOptions) => end(actions.compareExactProblems(options)));
  const stop = program
    .command('stopped-exact')
    .description('stop and resume one large solve, and compare its end with that of a solve never stopped')
    .option('--points <count>', 'points a side, in the plane', wholeNumber, 100_000)
    .option('--every <milliseconds>', 'work between two stops', wholeNumber, 2000)
    .addOption(new Option('--weights <kind>', 'of the points').choices(['equal', 'general'] as const).default('equal'))
    .action(async (options: StoppedExactOptions) => end(await actions.stopExactSolve(options)));
  return program.action(async (chosen: string[], { inThisProcess }: { inThisProcess?: true }) => {
    if (inThisProcess) return end(await actions.runHere(chosen[0]));
    if (chosen.length > 0) return end(actions.runEach(chosen));
    const flat = actions.runEach(names);
    const right = actions.compareExactProblems(compare.opts());
    end((await actions.stopExactSolve(stop.opts())) && flat && right);
  });
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number.');
}
