/** Where a cell stands, as its thread tells. */

export type CellEvent =
  | {
      phase: 'training';
      stage: string;
      step: number;
      steps: number;
      loss: number;
      stepsPerSecond: number;
      secondsLeft: number;
    }
  | { phase: 'sampling' }
  | { phase: 'judging' };
