/** What a run on images writes: plain JSON, and the names of the pictures beside it. */
import type { MachineRecord, SettingOrigin } from '../results.js';
import type { ImageMethodName } from './image-settings.js';
import type { JudgeRecord } from './judge/judge-weights.js';

/** A bridge after one of its iterations. */
export interface ImageIteration {
  /** From 1. */
  iteration: number;
  /** Digit-feature Fréchet distance of what arrives, of fewer images than at the end: for the shape of the curve. */
  frechet: number;
  /** Mean ‖x₁ − x₀‖² between starts and what they become. */
  transportCost: number;
}

/** What the generated images are worth. */
interface ImageJudgement {
  /** Generated images. */
  count: number;
  /** Digit-feature Fréchet distance to the held-out digits. */
  frechet: number;
  /** The part of them within the support of the held-out digits, in the judge's features: quality. */
  precision: number;
  /** The part of the held-out digits within their support: variety. */
  recall: number;
  /** Share of each digit, as the judge names the images. */
  classes: number[];
  /** E∫‖v‖²dt along the way; of a bridge, along its probability flow. */
  pathEnergy: number;
  /** Mean ‖x₁ − x₀‖² between starts and what they become. */
  transportCost: number;
  /** Median distance to the nearest training image. */
  nearestTraining: number;
  /** Evaluations of a network for each image. */
  nfe: number;
  /** Seconds of sampling all images. */
  samplingSeconds: number;
}

/** What the methods of one task are compared with. */
export interface ImageTaskRecord {
  task: 'noise to digits' | 'digits to digits';
  /** Held-out digits that generated ones are compared with. */
  references: number;
  /** Digit-feature Fréchet distance of as many training digits as are generated: no method can be expected below it. */
  floor: number;
  /** Precision and recall of these training digits. */
  precision: number;
  recall: number;
  /** That of the starts themselves: of a method that does nothing. */
  untouched: number;
  /** Share of each digit among the held-out ones, as the judge names them. */
  classes: number[];
  /** Median distance of the held-out digits to the nearest training image. */
  nearestTraining: number;
  /** Mean ‖x₁ − x₀‖² of starts and held-out digits paired at random. */
  independentCost: number;
  /** W2² between as many of both, exact; more than that of the two laws, the more the fewer there are. */
  optimalCost: number;
}

/** A method and all that came of it. */
export interface ImageMethodResult {
  method: ImageMethodName;
  task: ImageTaskRecord['task'];
  training: {
    status: 'finished' | 'time-limit' | 'aborted';
    step: number;
    losses: { step: number; loss: number }[];
    seconds: number;
    parameterCount: number;
    engine: string;
  };
  iterations: ImageIteration[];
  judgement: ImageJudgement;
  /** Files of its pictures. */
  pictures: ImagePictures;
}

/** File names of the pictures of a method. */
interface ImagePictures {
  /** The first images of all, not chosen. For a bridge between digits each start stands above what it became. */
  samples: string;
  /** A few of them on their way, one a row. */
  frames: string;
  /** The first images above the training images nearest to them. */
  nearest: string;
}

/** The whole run. */
export interface ImageRun {
  format: 'brenier-images/1';
  /** What was typed, without paths. */
  command: string;
  /** When the command was started that wrote this, be it the first or one that resumed. */
  startedAt: string;
  status: 'finished' | 'time-limit' | 'aborted';
  machine: MachineRecord;
  versions: Record<string, string>;
  /** The line that says which engine ran and why. */
  engine: string;
  settings: Record<string, { value: string | number; origin: SettingOrigin }>;
  judge: JudgeRecord;
  tasks: ImageTaskRecord[];
  methods: ImageMethodResult[];
}
