/**
 * The jobs of a network that is trained or evaluated; `createMlpTrainer` and `createMlpEvaluator` write the table `plan`
 * and call them. Every sum has a fixed order: the plain binary gives the same bits on every machine.
 */
export interface MlpExports {
  /** Loss and gradient of the blocks `lane`, `lane` + lanes, … of 64 samples, to places of the lane's own. */
  mlpGradientLane(plan: number, lane: number, scratch: number): void;
  /** The sum of the lanes for a chunk of 1024 parameters, and the sum of its squares. */
  mlpReduceGradient(plan: number, chunk: number): void;
  /** Adam or AdamW for a chunk of 1024 parameters, and the running sum of the parameters. */
  mlpUpdateParameters(plan: number, chunk: number): void;
  /** Makes the transposed matrices that the way forward reads; an update does it for its chunk. */
  mlpTransposeParameters(plan: number): void;
  /** The velocities of a block of 64 points. */
  mlpForwardBlock(plan: number, block: number, scratch: number): void;
  /** The Jacobian of the velocities of a block of 64 points, times a vector of each point. */
  mlpTangentBlock(plan: number, block: number, scratch: number): void;
  /** Moves a block of 64 points through all steps of an explicit Runge–Kutta method. */
  mlpWalkBlock(plan: number, block: number, scratch: number): void;
}
