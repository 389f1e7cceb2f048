// Everything one solve knows, as one block of linear memory: a header (`Solve`) and the arrays it points to.
// No globals: several solves can share a binary, each behind its own pointer.

import { i64At } from '../cells';

/** Where the costs come from. */
export namespace CostKind {
  /** Squared Euclidean, few coordinates: kd order, pair coarsening, block bounds. */
  export const blocks: i32 = 0;
  /** A matrix, row-major, one row a source. */
  export const matrix: i32 = 1;
  /** Squared Euclidean, by products where there is room for them (products.ts), else by rows computed when they are needed. */
  export const squaredRows: i32 = 2;
  /** Euclidean, rows computed when they are needed. */
  export const euclideanRows: i32 = 3;
  /** A matrix of float32 numbers; all arithmetic is float64. */
  export const matrix32: i32 = 4;
  /** A power of a p-norm, rows computed when they are needed. */
  export const normRows: i32 = 5;
}

/** What the next slice of work continues. */
export namespace Phase {
  export const enter: i32 = 0;
  export const extendSources: i32 = 1;
  export const extendSinks: i32 = 2;
  export const candidates: i32 = 3;
  export const matching: i32 = 4;
  export const start: i32 = 5;
  export const hang: i32 = 6;
  export const pivots: i32 = 7;
  export const pricing: i32 = 8;
  export const done: i32 = 9;
}

/** What proves the lower bound of a solve that is not done. */
export namespace Proof {
  export const none: i32 = 0;
  /** The exact cost of a coarser level, less how far its points are from those they stand for. */
  export const coarseLevel: i32 = 1;
  /** Potentials f_i + g_j ≤ c_ij: `boundF` and `boundG`. */
  export const potentials: i32 = 2;
}

/** Most levels of a ladder; 2^31 points need 26. */
export const MAX_LEVELS: i32 = 40;
/** Arcs kept per row when a level begins. */
export const ARCS_PER_ROW: i32 = 8;
/** Violated arcs taken per row in one pricing round. */
export const ADDED_PER_ROW: i32 = 4;
/** Below this many points on both sides all arcs are used at once. */
export const COARSEST: i32 = 48;

/**
 * A node of the spanning tree: 32 bytes, two to a cache line. Nodes 0…n−1 are sources, n…n+m−1 sinks.
 * `flow` and `cost` belong to the arc between the node and its parent; its direction follows from the node's side.
 */
@unmanaged
export class Node {
  parent: i32;
  /** Previous node of the preorder. */
  previous: i32;
  /** Last node of the subtree in preorder. */
  last: i32;
  /** Nodes in the subtree. */
  size: i32;
  flow: i64;
  cost: f64;
}

/** 16 bytes: four arcs to a cache line in the block search. `sink` is the node, n + j. */
@unmanaged
export class Arc {
  source: i32;
  sink: i32;
  cost: f64;
}

/** A set of targets in consecutive blocks with lower bounds; see blocks.ts. */
@unmanaged
export class BlockSet {
  count: i32;
  dim: i32;
  /** Targets that fit, a multiple of 256. */
  stride: i32;
  /** Whether the set has singles (singles.ts), and no bounds. */
  isSmall: i32;
  /** Of singles: the factor of their points, mean and spread of their keys, the largest length of a target. */
  scale: f64;
  keyMean: f64;
  keySpread: f64;
  radius: f64;
  singles: usize;
  ids: usize;
  /** Coordinate k of target t at `points[k * stride + t]`. */
  points: usize;
  /** |y|² minus the target's potential. */
  keys: usize;
  fine: usize;
  coarse: usize;
}

@unmanaged
export class Solve {
  // What is asked.
  sources: i32;
  sinks: i32;
  dim: i32;
  kind: i32;
  uniform: i32;
  // Where the solve stands.
  phase: i32;
  level: i32;
  levels: i32;
  cursor: i32;
  n: i32;
  m: i32;
  coarseN: i32;
  coarseM: i32;
  root: i32;
  arcCount: i32;
  arcCapacity: i32;
  arcCursor: i32;
  added: i32;
  rounds: i32;
  /** Row where the next pricing round begins, and rows it has seen. */
  priceCursor: i32;
  priced: i32;
  full: i32;
  basisCount: i32;
  /** Whether rows computed from points, or products, are kept. */
  isStored: i32;
  /** The level that the tree belongs to; `levels` before there is one. */
  treeLevel: i32;
  /** Entries of a given plan that the finest tree begins with. */
  planCount: i32;
  clusterCount: i32;
  /** Whether the level has a matching and no tree; see matching.ts. */
  isMatched: i32;
  proof: i32;
  /** The best lower bound so far, in units of supply and of the centred costs. */
  bound: f64;
  /** Bytes from the header on that a solve cannot be resumed without. */
  kept: usize;
  pivots: i64;
  work: i64;
  tolerance: f64;
  /** The largest violation of the present pricing round. */
  worst: f64;
  largestCost: f64;
  /** 1/largestCost: sort keys are float32 and relative. */
  keyScale: f64;
  /** What forbidden pairs of a matrix cost, more than all others; 0 where there are none. */
  price: f64;
  /** The largest cost that is not forbidden, where some are. */
  highestCost: f64;
  /** The cost ‖x − y‖_p^power of `normRows`. */
  p: f64;
  power: f64;
  /** Of products: the factor of their points, the largest length of a centred sink, what roundings in float64 may cost. */
  scale: f64;
  radius: f64;
  margin: f64;
  /** Mean of the prices of the sinks, how far they go from it, and the margin that g asks for. */
  priceMean: f64;
  priceSpread: f64;
  priceMargin: f64;
  // Input, in the caller's order (points and ids are reordered in place).
  a: usize;
  b: usize;
  x: usize;
  y: usize;
  costs: usize;
  /** One byte a row: whether it is in `costs`. */
  isReady: usize;
  /** Of products; see there. Float64: terms and lengths of the sources, terms of the sinks; the rest is float32. */
  sourceTerms: usize;
  sourceLengths: usize;
  sinkTerms: usize;
  sinkPrices: usize;
  singleX: usize;
  singleY: usize;
  sourceIds: usize;
  sinkIds: usize;
  shift: usize;
  // Ladder: counts and offsets of each level, points and supplies of all levels.
  countN: usize;
  countM: usize;
  offsetN: usize;
  offsetM: usize;
  supplyA: usize;
  supplyB: usize;
  /** Σ supply |x − X|² of each level: what its points X are from the finest ones. */
  spreadN: usize;
  spreadM: usize;
  // Duals and partners: of the level being solved, and of the one below.
  f: usize;
  g: usize;
  coarseF: usize;
  coarseG: usize;
  coarsePartnerN: usize;
  coarsePartnerM: usize;
  guess: usize;
  match: usize;
  boundF: usize;
  boundG: usize;
  planSources: usize;
  planSinks: usize;
  // The simplex.
  nodes: usize;
  /** Next node of the preorder (i32) and potential (f64) of each node: all that a shift of potentials touches. */
  next: usize;
  potentials: usize;
  /** Clusters of nodes that shift together; see clusters.ts. */
  clusterOf: usize;
  clusters: usize;
  arcs: usize;
  order: usize;
  spareOrder: usize;
  keys: usize;
  histogram: usize;
  leftA: usize;
  leftB: usize;
  extraA: usize;
  extraB: usize;
  aliveA: usize;
  aliveB: usize;
  basis: usize;
  degree: usize;
  adjacency: usize;
  // Searches.
  set: usize;
  found: usize;
  foundIds: usize;
  query: usize;
  row: usize;
  // Answer.
  outRows: usize;
  outColumns: usize;
  outMass: usize;
  outF: usize;
  outG: usize;
}

/** A flow below this share of the smaller of its two weights is the rounding of the weights, not mass: 2^−50. */
const NOISE: f64 = 8.881784197001252e-16;

// @ts-ignore: decorator
@inline
export function isNoise(s: Solve, i: i32, j: i32, flow: i64): bool {
  return <f64>flow <= NOISE * <f64>min(i64At(s.supplyA, i), i64At(s.supplyB, j));
}

// @ts-ignore: decorator
@inline
export function nodeAt(s: Solve, index: i32): Node {
  return changetype<Node>(s.nodes + (<usize>index << 5));
}

// @ts-ignore: decorator
@inline
export function arcAt(s: Solve, index: i32): Arc {
  return changetype<Arc>(s.arcs + (<usize>index << 4));
}

// @ts-ignore: decorator
@inline
export function potentialAt(s: Solve, node: i32): f64 {
  return load<f64>(s.potentials + (<usize>node << 3));
}

// @ts-ignore: decorator
@inline
export function setPotential(s: Solve, node: i32, value: f64): void {
  store<f64>(s.potentials + (<usize>node << 3), value);
}

/** The next node of the preorder; that of the last one is the root. */
// @ts-ignore: decorator
@inline
export function nextOf(s: Solve, node: i32): i32 {
  return load<i32>(s.next + (<usize>node << 2));
}

// @ts-ignore: decorator
@inline
export function setNext(s: Solve, node: i32, next: i32): void {
  store<i32>(s.next + (<usize>node << 2), next);
}
