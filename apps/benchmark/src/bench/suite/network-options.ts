/** What the command line offers for suites of networks. */
import { Option } from 'commander';
import { wholeNumber } from '../../command/option-values.js';

/** New options; a command owns what it is given. */
export function networkOptions(): Option[] {
  return [
    new Option('--steps <count>', 'steps of a whole training run, a multiple of the rounds')
      .argParser(wholeNumber)
      .default(20_000),
    new Option('--no-compiled', 'rivals do not compile their networks, which takes a minute or two'),
  ];
}
