// Potentials that shift by the cluster: connected pieces of the spanning tree, about a hundred nodes each, whose common
// offset stands beside the potentials of their nodes (a square-root decomposition).
//
// With unequal weights a pivot moves a fixed share of all nodes, and shifting them one by one takes most of the time.
// Taking an arc out of the tree cuts at most the one cluster that it runs inside. So a pivot splits that, turns the tree
// of clusters round along the stem, and adds one number to each cluster on the smaller side: O(√nodes) for
// O(√nodes) clusters. After O(√nodes) pivots they are cut anew from the tree, potentials included: O(√nodes) again for
// each pivot, and no rounding gathers. Nothing here outlives a slice of work.

import { i32At, setI32 } from '../cells';
import { Solve, nextOf, nodeAt, potentialAt, setPotential } from './state';

/** Below this many nodes shifting them one by one is as fast. */
const FEW_NODES: i32 = 2048;
/** Least nodes of a cluster when it is cut. */
const SIZE: i32 = 128;
/** A subtree of at most this many nodes joins the cluster that it is hung below. */
const SMALL: i32 = 32;
const PIVOTS_PER_ROOT: f64 = 4;

/** 32 bytes. Clusters form a tree, as the spanning tree does once each of them shrinks to a point. */
@unmanaged
class Cluster {
  /** −1 for that of the root, and for those whose nodes have all joined another. */
  parent: i32;
  firstChild: i32;
  next: i32;
  previous: i32;
  /** What the potentials of all its nodes are to be raised by. */
  offset: f64;
  /** Nodes when it was cut. */
  count: i32;
  unused: i32;
}

/** Whether the pivots of this level shift clusters. */
export function usesClusters(s: Solve): bool {
  return !s.uniform && s.n + s.m >= FEW_NODES;
}

/** After this many pivots clusters are to be cut anew. */
export function pivotsPerCut(nodes: i32): i32 {
  return <i32>(PIVOTS_PER_ROOT * sqrt(<f64>nodes));
}

/** Room for all clusters there can be: each pivot adds one at most. */
export function clusterBytes(nodes: i32): i32 {
  return (nodes / SIZE + pivotsPerCut(nodes) + 2) * offsetof<Cluster>();
}

/** The potential of a node while clusters are in use. */
// @ts-ignore: decorator
@inline
export function clusteredPotential(s: Solve, node: i32): f64 {
  return potentialAt(s, node) + clusterAt(s, i32At(s.clusterOf, node)).offset;
}

/**
 * Cuts the tree into clusters, and takes the potentials from it. From the root on a node joins its parent's cluster,
 * unless that has its nodes and the subtree has enough for another.
 */
export function cutClusters(s: Solve): void {
  const n = s.n;
  s.clusterCount = 0;
  setI32(s.clusterOf, s.root, addCluster(s, 0));
  setPotential(s, s.root, 0);
  for (let w = nextOf(s, s.root); w != s.root; w = nextOf(s, w)) {
    const node = nodeAt(s, w);
    const p = node.parent;
    setPotential(s, w, w < n ? potentialAt(s, p) + node.cost : potentialAt(s, p) - node.cost);
    let c = i32At(s.clusterOf, p);
    if (node.size >= SIZE && clusterAt(s, c).count >= SIZE) {
      const parent = c;
      c = addCluster(s, 0);
      link(s, c, parent);
    }
    clusterAt(s, c).count++;
    setI32(s.clusterOf, w, c);
  }
  s.work += s.n + s.m;
}

/**
 * Shifts the subtree of `out`, of `moved` nodes, by `shift`, or all other nodes by the opposite; to be called before its
 * node `inside` is hung below `outside`. Returns the units of work.
 */
export function shiftClusters(s: Solve, inside: i32, outside: i32, out: i32, moved: i32, shift: f64): i32 {
  const own = i32At(s.clusterOf, out);
  const isShared = i32At(s.clusterOf, nodeAt(s, out).parent) == own;
  if (moved <= SMALL) {
    join(s, out, moved, i32At(s.clusterOf, outside), isShared ? own : -1, shift);
    return moved;
  }
  let steps = 0;
  if (isShared) steps = split(s, out, own);
  else unlink(s, own);
  const top = i32At(s.clusterOf, inside);
  steps += makeTop(s, top);
  const isSmaller = 2 * moved <= s.n + s.m;
  steps += isSmaller ? addOffset(s, top, shift) : addOffset(s, i32At(s.clusterOf, s.root), -shift);
  link(s, top, i32At(s.clusterOf, outside));
  return steps;
}

/** Puts all nodes of a subtree into a cluster outside. Their own go empty, except the one that reaches beyond it. */
function join(s: Solve, out: i32, moved: i32, target: i32, shared: i32, shift: f64): void {
  const rest = shift - clusterAt(s, target).offset;
  let w = out;
  for (let t = 0; t < moved; t++) {
    const c = i32At(s.clusterOf, w);
    if (c != shared) unlink(s, c);
    setPotential(s, w, potentialAt(s, w) + (clusterAt(s, c).offset + rest));
    setI32(s.clusterOf, w, target);
    w = nextOf(s, w);
  }
}

/** Gives the nodes of a cluster that are in the subtree of `out` one of their own, and the clusters that hang below them. */
function split(s: Solve, out: i32, shared: i32): i32 {
  const made = addCluster(s, clusterAt(s, shared).offset);
  const end = nextOf(s, nodeAt(s, out).last);
  let steps = 0;
  let w = out;
  do {
    const c = i32At(s.clusterOf, w);
    if (c == shared) {
      setI32(s.clusterOf, w, made);
      w = nextOf(s, w);
    } else {
      // Clusters are connected: below another one there is nothing of this one.
      unlink(s, c);
      link(s, c, made);
      w = nextOf(s, nodeAt(s, w).last);
    }
    steps++;
  } while (w != end);
  return steps;
}

/** Turns the tree of clusters that holds `top` round, so that `top` is its root. */
function makeTop(s: Solve, top: i32): i32 {
  let steps = 0;
  let child = top;
  let parent = clusterAt(s, top).parent;
  unlink(s, top);
  while (parent >= 0) {
    const above = clusterAt(s, parent).parent;
    unlink(s, parent);
    link(s, parent, child);
    child = parent;
    parent = above;
    steps++;
  }
  return steps;
}

/** Raises the offset of a cluster and of all below it. */
function addOffset(s: Solve, top: i32, shift: f64): i32 {
  let steps = 0;
  let c = top;
  while (true) {
    const cluster = clusterAt(s, c);
    cluster.offset += shift;
    steps++;
    if (cluster.firstChild >= 0) {
      c = cluster.firstChild;
      continue;
    }
    while (c != top && clusterAt(s, c).next < 0) c = clusterAt(s, c).parent;
    if (c == top) return steps;
    c = clusterAt(s, c).next;
  }
}

function addCluster(s: Solve, offset: f64): i32 {
  const c = s.clusterCount++;
  const cluster = clusterAt(s, c);
  cluster.parent = -1;
  cluster.firstChild = -1;
  cluster.offset = offset;
  cluster.count = 0;
  return c;
}

function link(s: Solve, c: i32, parent: i32): void {
  const cluster = clusterAt(s, c);
  const above = clusterAt(s, parent);
  cluster.parent = parent;
  cluster.previous = -1;
  cluster.next = above.firstChild;
  if (above.firstChild >= 0) clusterAt(s, above.firstChild).previous = c;
  above.firstChild = c;
}

/** Leaves a cluster without a parent as it is. */
function unlink(s: Solve, c: i32): void {
  const cluster = clusterAt(s, c);
  if (cluster.parent < 0) return;
  if (cluster.previous >= 0) clusterAt(s, cluster.previous).next = cluster.next;
  else clusterAt(s, cluster.parent).firstChild = cluster.next;
  if (cluster.next >= 0) clusterAt(s, cluster.next).previous = cluster.previous;
  cluster.parent = -1;
}

// @ts-ignore: decorator
@inline
function clusterAt(s: Solve, c: i32): Cluster {
  return changetype<Cluster>(s.clusters + (<usize>c << 5));
}
