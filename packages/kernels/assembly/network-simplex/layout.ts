// Lays the arrays of a solve out behind its header. Called twice with the same numbers: without an address to learn how
// many bytes it takes, with one to set the pointers.

import { clusterBytes } from './clusters';
import { paddedSinks } from './products';
import { singleBytes } from './singles';
import { ARCS_PER_ROW, BlockSet, COARSEST, CostKind, MAX_LEVELS, Solve } from './state';

/** Bytes of a solve of `sources` ≥ `sinks`, header included. */
export function solveBytes(sources: i32, sinks: i32, dim: i32, kind: i32): usize {
  return place(0, sources, sinks, dim, kind);
}

/** Sets every pointer of the header at `base`, and the numbers it was sized for; returns the bytes used. */
export function placeSolve(base: usize, sources: i32, sinks: i32, dim: i32, kind: i32): usize {
  memory.fill(base, 0, offsetof<Solve>() + offsetof<BlockSet>());
  return place(base, sources, sinks, dim, kind);
}

/** Sets the pointers of a header whose bytes come from elsewhere; its numbers stay. */
export function placeAgain(s: Solve): void {
  place(changetype<usize>(s), s.sources, s.sinks, s.dim, s.kind);
}

/** Room of a block set: a multiple of 256 targets. */
// @ts-ignore: decorator
@inline
function blockStride(count: i32): i32 {
  return (count + 255) & ~255;
}

export function arcCapacity(sources: i32, sinks: i32): i32 {
  return (ARCS_PER_ROW + 6) * sources + 2 * (sources + sinks) + COARSEST * COARSEST + 512;
}

/** Bytes of a cost, or of a product, that is kept. */
function bytesPerCost(kind: i32): i32 {
  return kind == CostKind.blocks ? 0 : kind == CostKind.matrix32 || kind == CostKind.squaredRows ? 4 : 8;
}

/** Rows and products computed from points are kept while all of them fit into 256 MiB. */
function keepsRows(sources: i32, sinks: i32, kind: i32): bool {
  const isComputed = kind == CostKind.squaredRows || kind == CostKind.euclideanRows || kind == CostKind.normRows;
  return isComputed && <f64>sources * <f64>sinks * <f64>bytesPerCost(kind) <= 268435456.0;
}

function place(base: usize, n: i32, m: i32, dim: i32, kind: i32): usize {
  const isStored = keepsRows(n, m, kind);
  const header = align(offsetof<Solve>() + offsetof<BlockSet>());
  let end = base + header;
  const blocks = kind == CostKind.blocks;
  // A ladder of halves has at most 2 n + levels points; subsamples have n + n/4 + … < 1.5 n + levels.
  const ladderN = 2 * n + MAX_LEVELS;
  const ladderM = 2 * m + MAX_LEVELS;
  const nodes = n + m;
  const arcs = arcCapacity(n, m);
  const stride = blockStride(n);
  const record = 8 * (3 * dim + 1);
  // What the work so far has made of the input.
  const points = 8 * dim;
  if (blocks) {
    end = slot(base, offsetof<Solve>('x'), end, points * ladderN);
    end = slot(base, offsetof<Solve>('y'), end, points * ladderM);
  }
  end = slot(base, offsetof<Solve>('sourceIds'), end, 4 * n);
  end = slot(base, offsetof<Solve>('sinkIds'), end, 4 * m);
  end = slot(base, offsetof<Solve>('shift'), end, 8 * dim);
  end = slot(base, offsetof<Solve>('countN'), end, 4 * MAX_LEVELS);
  end = slot(base, offsetof<Solve>('countM'), end, 4 * MAX_LEVELS);
  end = slot(base, offsetof<Solve>('offsetN'), end, 4 * MAX_LEVELS);
  end = slot(base, offsetof<Solve>('offsetM'), end, 4 * MAX_LEVELS);
  end = slot(base, offsetof<Solve>('spreadN'), end, 8 * MAX_LEVELS);
  end = slot(base, offsetof<Solve>('spreadM'), end, 8 * MAX_LEVELS);
  end = slot(base, offsetof<Solve>('supplyA'), end, 8 * ladderN);
  end = slot(base, offsetof<Solve>('supplyB'), end, 8 * ladderM);
  end = slot(base, offsetof<Solve>('f'), end, 8 * n);
  end = slot(base, offsetof<Solve>('g'), end, 8 * m);
  end = slot(base, offsetof<Solve>('coarseF'), end, 8 * n);
  end = slot(base, offsetof<Solve>('coarseG'), end, 8 * m);
  end = slot(base, offsetof<Solve>('coarsePartnerN'), end, 4 * n);
  end = slot(base, offsetof<Solve>('coarsePartnerM'), end, 4 * m);
  end = slot(base, offsetof<Solve>('guess'), end, 4 * n);
  end = slot(base, offsetof<Solve>('match'), end, 4 * m);
  end = slot(base, offsetof<Solve>('boundF'), end, 8 * n);
  end = slot(base, offsetof<Solve>('boundG'), end, 8 * m);
  end = slot(base, offsetof<Solve>('planSources'), end, 4 * nodes);
  end = slot(base, offsetof<Solve>('planSinks'), end, 4 * nodes);
  end = slot(base, offsetof<Solve>('nodes'), end, 32 * nodes);
  end = slot(base, offsetof<Solve>('next'), end, 4 * nodes);
  end = slot(base, offsetof<Solve>('potentials'), end, 8 * nodes);
  end = slot(base, offsetof<Solve>('arcs'), end, 16 * arcs);
  end = slot(base, offsetof<Solve>('keys'), end, 4 * arcs);
  end = slot(base, offsetof<Solve>('leftA'), end, 8 * n);
  end = slot(base, offsetof<Solve>('leftB'), end, 8 * m);
  end = slot(base, offsetof<Solve>('extraA'), end, 4 * n);
  end = slot(base, offsetof<Solve>('extraB'), end, 4 * m);
  end = slot(base, offsetof<Solve>('basis'), end, 16 * nodes);
  const set = base + offsetof<Solve>();
  const inSet = base ? set : 0;
  end = slot(inSet, offsetof<BlockSet>('ids'), end, blocks ? 4 * stride : 0);
  end = slot(inSet, offsetof<BlockSet>('points'), end, blocks ? 8 * stride * dim : 0);
  end = slot(inSet, offsetof<BlockSet>('keys'), end, blocks ? 8 * stride : 0);
  end = slot(inSet, offsetof<BlockSet>('singles'), end, blocks ? singleBytes(stride, dim) : 0);
  end = slot(inSet, offsetof<BlockSet>('fine'), end, blocks ? (stride >> 4) * record : 0);
  end = slot(inSet, offsetof<BlockSet>('coarse'), end, blocks ? (((stride >> 8) + 1) & ~1) * record : 0);
  const kept = end - base;
  // Input that the caller writes again, rows that are computed again, and what no slice of work leaves for the next.
  end = slot(base, offsetof<Solve>('a'), end, 8 * n);
  end = slot(base, offsetof<Solve>('b'), end, 8 * m);
  if (!blocks) {
    end = slot(base, offsetof<Solve>('x'), end, points * n);
    end = slot(base, offsetof<Solve>('y'), end, points * m);
  }
  const isMatrix = kind == CostKind.matrix || kind == CostKind.matrix32;
  const columns = kind == CostKind.squaredRows ? paddedSinks(m) : m;
  const costs = isStored || isMatrix ? <usize>bytesPerCost(kind) * <usize>n * <usize>columns : 0;
  end = wideSlot(base, offsetof<Solve>('costs'), end, costs);
  end = slot(base, offsetof<Solve>('isReady'), end, isStored ? n : 0);
  const ofProducts = isStored && kind == CostKind.squaredRows;
  end = slot(base, offsetof<Solve>('sourceTerms'), end, ofProducts ? 8 * n : 0);
  end = slot(base, offsetof<Solve>('sourceLengths'), end, ofProducts ? 8 * n : 0);
  end = slot(base, offsetof<Solve>('sinkTerms'), end, ofProducts ? 8 * m : 0);
  end = slot(base, offsetof<Solve>('sinkPrices'), end, ofProducts ? 4 * m + 16 : 0);
  end = slot(base, offsetof<Solve>('singleX'), end, ofProducts ? 4 * n * dim : 0);
  end = slot(base, offsetof<Solve>('singleY'), end, ofProducts ? 4 * paddedSinks(m) * dim : 0);
  end = slot(base, offsetof<Solve>('order'), end, 4 * arcs);
  end = slot(base, offsetof<Solve>('spareOrder'), end, 4 * arcs);
  end = slot(base, offsetof<Solve>('histogram'), end, 4 * 4096);
  end = slot(base, offsetof<Solve>('aliveA'), end, 4 * n);
  end = slot(base, offsetof<Solve>('aliveB'), end, 4 * m);
  end = slot(base, offsetof<Solve>('degree'), end, 4 * (nodes + 1));
  end = slot(base, offsetof<Solve>('adjacency'), end, 8 * nodes);
  end = slot(base, offsetof<Solve>('clusterOf'), end, 4 * nodes);
  end = slot(base, offsetof<Solve>('clusters'), end, clusterBytes(nodes));
  end = slot(base, offsetof<Solve>('found'), end, 8 * 16);
  end = slot(base, offsetof<Solve>('foundIds'), end, 4 * 16);
  end = slot(base, offsetof<Solve>('query'), end, 8 * dim);
  end = slot(base, offsetof<Solve>('row'), end, blocks ? 8 * 32 : 8 * (m + 2));
  // A plan lifted from a coarse level has up to half as many entries more than a tree.
  const entries = nodes + (nodes >> 1) + 2;
  end = slot(base, offsetof<Solve>('outRows'), end, 4 * entries);
  end = slot(base, offsetof<Solve>('outColumns'), end, 4 * entries);
  end = slot(base, offsetof<Solve>('outMass'), end, 8 * entries);
  end = slot(base, offsetof<Solve>('outF'), end, 8 * n);
  end = slot(base, offsetof<Solve>('outG'), end, 8 * m);
  if (base) {
    const s = changetype<Solve>(base);
    s.sources = n;
    s.sinks = m;
    s.dim = dim;
    s.kind = kind;
    s.arcCapacity = arcs;
    s.isStored = isStored ? 1 : 0;
    if (isStored) memory.fill(s.isReady, 0, n);
    s.kept = kept;
    s.set = set;
    const blockSet = changetype<BlockSet>(set);
    blockSet.stride = stride;
    blockSet.dim = dim;
  }
  return end - base;
}

// @ts-ignore: decorator
@inline
function slot(base: usize, field: usize, end: usize, bytes: i32): usize {
  return wideSlot(base, field, end, <usize>bytes);
}

function wideSlot(base: usize, field: usize, end: usize, bytes: usize): usize {
  if (base) store<usize>(base + field, end);
  return align(end + bytes);
}

// @ts-ignore: decorator
@inline
function align(address: usize): usize {
  return (address + 15) & ~15;
}
