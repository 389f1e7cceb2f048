import { serveBatches } from '../../src/workers.js';
import { slowObjective, type SlowSettings } from './slow-objective.js';

serveBatches((settings: SlowSettings & { readonly inWorkers?: SlowSettings }) => {
  if (settings.name === 'unmakeable') throw new TypeError('nothing to make it of');
  return slowObjective({ ...settings, ...settings.inWorkers });
});
