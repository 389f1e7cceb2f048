/** What tests on Node share: the threads of a pool. */
export { withFirstWorker } from './first-worker.js';
