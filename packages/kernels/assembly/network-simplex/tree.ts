// The spanning tree of a basis: parent, preorder thread and subtree sizes, rebuilt from a list of arcs or re-hung after
// a pivot.

import { costOf } from './costs';
import { f64At, i32At, i64At, setF64, setI32 } from './cells';
import { Solve, nodeAt } from './state';

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
  const pi = s.potentials;
  setF64(pi, s.root, 0);
  let w = nodeAt(s, s.root).next;
  while (w != s.root) {
    const node = nodeAt(s, w);
    const p = node.parent;
    setF64(pi, w, w < n ? f64At(pi, p) + costOf(s, w, p - n) : f64At(pi, p) - costOf(s, p, w - n));
    w = node.next;
  }
}

/**
 * Moves the subtree of `out` below `newParent`, with `inside` (a node of the subtree) as its new top. Flows move along
 * the stem with their arcs; `flow` is that of the new arc. Sizes of the nodes outside are the caller's.
 */
export function rehang(s: Solve, inside: i32, newParent: i32, out: i32, flow: i64): void {
  const outNode = nodeAt(s, out);
  const total = outNode.size;
  cut(s, out);
  // The stem from `inside` up to `out` is reversed: the new preorder is subtree(inside), then for each stem node above
  // it what is left of its subtree.
  let w = inside;
  let parent = newParent;
  let carried = flow;
  let removed = 0;
  let tail = nodeAt(s, inside).last;
  let oldParent = nodeAt(s, w).parent;
  let blockBefore = nodeAt(s, w).previous;
  let blockLast = tail;
  let blockAfter = nodeAt(s, tail).next;
  while (true) {
    const node = nodeAt(s, w);
    const oldSize = node.size;
    const oldFlow = node.flow;
    node.parent = parent;
    node.flow = carried;
    node.size = total - removed;
    if (w == out) break;
    removed = oldSize;
    carried = oldFlow;
    const p = oldParent;
    const top = nodeAt(s, p);
    const before = top.previous;
    const last = top.last;
    // A shared end was already linked to the next piece: its old successor is the remembered one.
    const after = last == blockLast ? blockAfter : nodeAt(s, last).next;
    const grandparent = top.parent;
    let pieceEnd = last;
    if (last == blockLast) {
      pieceEnd = blockBefore;
    } else {
      nodeAt(s, blockBefore).next = blockAfter;
      nodeAt(s, blockAfter).previous = blockBefore;
    }
    nodeAt(s, tail).next = p;
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
  const after = nodeAt(s, last).next;
  nodeAt(s, before).next = after;
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
  const after = top.next;
  const wasLast = top.last == parent;
  top.next = first;
  nodeAt(s, first).previous = parent;
  nodeAt(s, tail).next = after;
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
      child.size = firstArc(s, w);
      child.last = met++;
      child.previous = previous;
      nodeAt(s, previous).next = w;
      previous = w;
      v = w;
    } else {
      node.size = met - node.last;
      node.last = previous;
      v = node.parent;
    }
  }
  nodeAt(s, previous).next = root;
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
