// What a network is and where its arrays are: a table of uint32 numbers in memory, written by src/mlp/mlp-plan.ts,
// which has the same list of places. "At" means a byte offset in memory; of a layer, within the array it names.

/** Samples handled together, and those of one group: a group fills four vectors. */
// @ts-ignore: decorator
@inline
export const BLOCK: i32 = 64;
// @ts-ignore: decorator
@inline
export const GROUP: i32 = 16;

/** Parameters in a chunk of the reduction and of the update. */
// @ts-ignore: decorator
@inline
export const CHUNK: i32 = 1024;

export const enum Place {
  LayerCount,
  Activation,
  IsWide,
  Dim,
  Extra,
  ParameterCount,
  ParametersAt,
  TransposedAt,
  // Scratch of one thread, relative to where it begins.
  OutputAt,
  OutputRows,
  FirstDeltaAt,
  SecondDeltaAt,
  TargetAt,
  SampleWeightsAt,
  PanelAt,
  StagesAt,
  // Training.
  GradientAt,
  LaneGradientsAt,
  LaneGradientBytes,
  LaneLossesAt,
  PartialSquaresAt,
  MeansAt,
  SquaresAt,
  SumsAt,
  UpdateAt,
  Count,
  Lanes,
  InputsAt,
  TargetsAt,
  WeightsAt,
  Factor,
  // Evaluation.
  PointsAt,
  VelocitiesAt,
  VectorsAt,
  ExtrasAt,
  NoiseKeysAt,
  SpreadsAt,
  FirstPoint,
  Steps,
  Stages,
  CoefficientsAt,
  TermsAt,
  Layers,
}

/** Numbers of one layer, from `Place.Layers` on. */
export const enum LayerPlace {
  Features,
  Outputs,
  WeightsAt,
  TransposedAt,
  ValuesAt,
  SlopesAt,
  Rows,
  Size,
}

// @ts-ignore: decorator
@inline
export function numberAt(plan: usize, place: Place): i32 {
  return load<i32>(plan + (<usize>place << 2));
}

// @ts-ignore: decorator
@inline
export function addressAt(plan: usize, place: Place): usize {
  return load<usize>(plan + (<usize>place << 2));
}

/** Where the numbers of layer `l` begin. */
// @ts-ignore: decorator
@inline
export function layerAt(plan: usize, l: i32): usize {
  return plan + (<usize>(Place.Layers + l * LayerPlace.Size) << 2);
}

// @ts-ignore: decorator
@inline
export function layerNumber(layer: usize, place: LayerPlace): i32 {
  return load<i32>(layer + (<usize>place << 2));
}

// @ts-ignore: decorator
@inline
export function layerOffset(layer: usize, place: LayerPlace): usize {
  return load<usize>(layer + (<usize>place << 2));
}
