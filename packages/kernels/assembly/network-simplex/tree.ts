// The spanning tree of a basis: parent, preorder thread and subtree sizes, rebuilt from a list of arcs or re-hung after
// a pivot.

import { costOf } from './costs';
import { i32At, i64At, setI32 } from '../cells';
import { Solve, nextOf, nodeAt, potentialAt, setNext, setPotential } from './state';

/**
 * Builds the tree from the n + m − 1 basis arcs at `s.basis` (source i32, sink node i32, flow i64), by a depth-first
 * walk from `s.root`.
 */
export function buildTree(s: Solve): void {
  const count = s.n + s.m;
  const arcs = count - 1;
  memory.fill(s.degree, 0, <usize>(count + 1) << 2);
  for (let e = 0; e < arcs; e++) {
    addOne(s.degree, 1 + sourceOf(s, e));
    addOne(s.degree, 1 + sinkOf(s, e));
  }
  for (let v = 0; v < count; v++) setI32(s.degree, v + 1, i32At(s.degree, v + 1) + i32At(s.degree, v));
  // degree[v] is where v's arcs begin; filling moves it to where they end.
  for (let e = 0; e < arcs; e++) {
    const u = sourceOf(s, e);
    const v = sinkOf(s, e);
    setI32(s.adjacency, i32At(s.degree, u), e);
    setI32(s.adjacency, i32At(s.degree, v), e);
    addOne(s.degree, u);
    addOne(s.degree, v);
  }
  walk(s);
}

/** Potentials from the tree: f_i and −g_j such that f_i + g_j = c_ij on tree arcs; the root's is 0. */
export function potentialsFromTree(s: Solve): void {
  const n = s.n;
  setPotential(s, s.root, 0);
  let w = nextOf(s, s.root);
  while (w != s.root) {
    const node = nodeAt(s, w);
    const p = node.parent;
    setPotential(s, w, w < n ? potentialAt(s, p) + node.cost : potentialAt(s, p) - node.cost);
    w = nextOf(s, w);
  }
}

/**
 * Moves the subtree of `out` below `newParent`, with `inside` (a node of the subtree) as its new top. Flows and costs
 * move along the stem with their arcs; `flow` and `cost` are those of the new arc. Sizes of the nodes outside are the
 * caller's.
 */
export function rehang(s: Solve, inside: i32, newParent: i32, out: i32, flow: i64, cost: f64): void {
  const outNode = nodeAt(s, out);
  const total = outNode.size;
  cut(s, out);
  // The stem from `inside` up to `out` is reversed: the new preorder is subtree(inside), then for each stem node above
  // it what is left of its subtree.
  let w = inside;
  let parent = newParent;
  let carried = flow;
  let carriedCost = cost;
  let removed = 0;
  let tail = nodeAt(s, inside).last;
  let oldParent = nodeAt(s, w).parent;
  let blockBefore = nodeAt(s, w).previous;
  let blockLast = tail;
  let blockAfter = nextOf(s, tail);
  while (true) {
    const node = nodeAt(s, w);
    const oldSize = node.size;
    const oldFlow = node.flow;
    const oldCost = node.cost;
    node.parent = parent;
    node.flow = carried;
    node.cost = carriedCost;
    node.size = total - removed;
    if (w == out) break;
    removed = oldSize;
    carried = oldFlow;
    carriedCost = oldCost;
    const p = oldParent;
    const top = nodeAt(s, p);
    const before = top.previous;
    const last = top.last;
    // A shared end was already linked to the next piece: its old successor is the remembered one.
    const after = last == blockLast ? blockAfter : nextOf(s, last);
    const grandparent = top.parent;
    let pieceEnd = last;
    if (last == blockLast) {
      pieceEnd = blockBefore;
    } else {
      setNext(s, blockBefore, blockAfter);
      nodeAt(s, blockAfter).previous = blockBefore;
    }
    setNext(s, tail, p);
    top.previous = tail;
    tail = pieceEnd;
    parent = w;
    w = p;
    oldParent = grandparent;
    blockBefore = before;
    blockLast = last;
    blockAfter = after;
  }
  // Everything on the stem now ends where the whole piece ends.
  w = out;
  while (w != newParent) {
    const node = nodeAt(s, w);
    node.last = tail;
    w = node.parent;
  }
  insert(s, inside, tail, newParent);
}

/** Takes the subtree of `out` out of the thread. */
function cut(s: Solve, out: i32): void {
  const node = nodeAt(s, out);
  const before = node.previous;
  const last = node.last;
  const after = nextOf(s, last);
  setNext(s, before, after);
  nodeAt(s, after).previous = before;
  let w = node.parent;
  while (w >= 0) {
    const ancestor = nodeAt(s, w);
    if (ancestor.last != last) break;
    ancestor.last = before;
    w = ancestor.parent;
  }
}

/** Puts the piece `first`…`tail` of the thread right behind `parent`. */
function insert(s: Solve, first: i32, tail: i32, parent: i32): void {
  const top = nodeAt(s, parent);
  const after = nextOf(s, parent);
  const wasLast = top.last == parent;
  setNext(s, parent, first);
  nodeAt(s, first).previous = parent;
  setNext(s, tail, after);
  nodeAt(s, after).previous = tail;
  if (!wasLast) return;
  let w = parent;
  while (w >= 0) {
    const ancestor = nodeAt(s, w);
    if (ancestor.last != parent) break;
    ancestor.last = tail;
    w = ancestor.parent;
  }
}

/** Preorder by following each node's arcs; degree[v − 1] (or 0) is where v's arcs begin, degree[v] where they end. */
function walk(s: Solve): void {
  const root = s.root;
  // `size` holds the next arc to follow until the node is closed.
  const top = nodeAt(s, root);
  top.parent = -1;
  top.flow = 0;
  top.size = firstArc(s, root);
  let previous = root;
  let v = root;
  // Number of nodes met when v was opened: its size is the difference when it closes.
  let met = 1;
  top.last = 0;
  while (v >= 0) {
    const node = nodeAt(s, v);
    if (node.size < i32At(s.degree, v)) {
      const e = i32At(s.adjacency, node.size++);
      const w = sourceOf(s, e) == v ? sinkOf(s, e) : sourceOf(s, e);
      if (w == node.parent) continue;
      const child = nodeAt(s, w);
      child.parent = v;
      child.flow = i64At(s.basis, (e << 1) + 1);
      child.cost = costOf(s, sourceOf(s, e), sinkOf(s, e) - s.n);
      child.size = firstArc(s, w);
      child.last = met++;
      child.previous = previous;
      setNext(s, previous, w);
      previous = w;
      v = w;
    } else {
      node.size = met - node.last;
      node.last = previous;
      v = node.parent;
    }
  }
  setNext(s, previous, root);
  top.previous = previous;
}

// @ts-ignore: decorator
@inline
function firstArc(s: Solve, v: i32): i32 {
  return v ? i32At(s.degree, v - 1) : 0;
}

// @ts-ignore: decorator
@inline
function sourceOf(s: Solve, e: i32): i32 {
  return load<i32>(s.basis + (<usize>e << 4));
}

// @ts-ignore: decorator
@inline
function sinkOf(s: Solve, e: i32): i32 {
  return load<i32>(s.basis + (<usize>e << 4), 4);
}

// @ts-ignore: decorator
@inline
function addOne(base: usize, index: i32): void {
  setI32(base, index, i32At(base, index) + 1);
}
