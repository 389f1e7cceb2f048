// The script of the worker that prepares batches.
import { serveBatches } from '@brenier/nets/workers';
import { swirl } from './swirl.js';

serveBatches(swirl);
