/** A worker that prepares batches of OT-CFM. */
import { serveBatches } from '@brenier/nets/workers';
import { createOtCfmObjective } from './ot-cfm-objective.js';

serveBatches(createOtCfmObjective);
