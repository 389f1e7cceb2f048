/** Pictures of a trained method: what it generates, how it gets there, and the coupling that it learned from. */
import type { DataSetRecord, PictureRecord } from '../results.js';
import { COLOURS } from './drawing.js';
import { escapeHtml } from './page.js';
import { dotsPath, frameAround, linesPath, UNITS, type Frame } from './point-path.js';

/** What a picture can show. */
export type PictureKind = 'data' | 'samples' | 'trajectories' | 'coupling';

/** The pictures of one data set: all of a kind have the same frame, so that the eye can compare. */
export interface PictureBook {
  /** The marks of a picture, in a square of {@link UNITS}. */
  marks(kind: PictureKind, pictures?: PictureRecord): string;
  /** What several pictures of a page share. */
  definitions: string;
}

/**
 * The pictures of a data set.
 *
 * @param name - what the names of shared definitions begin with; without it each picture stands alone
 */
export function pictureBook(dataSet: DataSetRecord, all: readonly PictureRecord[], name?: string): PictureBook {
  const target = thinned(dataSet.target, SHOWN_POINTS);
  const source = thinned(dataSet.source, SHOWN_POINTS);
  const near = frameAround(target);
  const wide = frameAround(source, target, ...all.map(({ pairs }) => pairs));
  const cloud = (frame: Frame): string => dots(target, frame, COLOURS.data, 13, 0.25);
  const shared = { near: cloud(near), wide: cloud(wide) };
  const show = (frame: 'near' | 'wide'): string =>
    name === undefined ? shared[frame] : `<use href="#${name}-${frame}"/>`;
  return {
    definitions: name === undefined ? '' : sharedDefinitions(name, shared),
    marks(kind, pictures) {
      if (kind === 'data' || !pictures) {
        return dots(source, wide, COLOURS.source, 9, 0.6) + dots(target, wide, COLOURS.data, 9, 0.6);
      }
      if (kind === 'samples') {
        return show('near') + dots(thinned(pictures.generated, SHOWN_POINTS), near, COLOURS.generated, 7, 0.75);
      }
      return kind === 'coupling' ? coupling(pictures, wide) : show('wide') + trajectories(pictures, wide);
    },
  };
}

/** One picture as an element of a page. */
export function pictureSvg(marks: string, title: string): string {
  return `<svg viewBox="0 0 ${UNITS} ${UNITS}" role="img" aria-label="${escapeHtml(title)}">${marks}</svg>`;
}

/** Enough to see a law; more only fills the page. */
const SHOWN_POINTS = 700;
const SHOWN_PATHS = 64;

function coupling({ pairs }: PictureRecord, frame: Frame): string {
  const segments = Array.from({ length: pairs.length / 4 }, (_, i) => pairs.slice(4 * i, 4 * i + 4));
  return (
    lines(segments, frame, COLOURS.pair, 1.6, 0.6) +
    dots(ends(segments, 0), frame, COLOURS.source, 9, 1) +
    dots(ends(segments, -2), frame, COLOURS.data, 9, 0.9)
  );
}

function trajectories({ paths }: PictureRecord, frame: Frame): string {
  const shown = paths.slice(0, SHOWN_PATHS);
  return (
    lines(shown, frame, COLOURS.path, 1.7, 0.62) +
    dots(ends(shown, 0), frame, COLOURS.source, 11, 1) +
    dots(ends(shown, -2), frame, COLOURS.generated, 11, 0.95)
  );
}

function sharedDefinitions(name: string, shared: Record<string, string>): string {
  const groups = Object.entries(shared).map(([frame, marks]) => `<g id="${name}-${frame}">${marks}</g>`);
  return `<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>${groups.join('')}</defs></svg>`;
}

function dots(points: readonly number[], frame: Frame, colour: string, width: number, opacity: number): string {
  return `<path d="${dotsPath(points, frame)}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-opacity="${opacity}"/>`;
}

function lines(
  each: readonly (readonly number[])[],
  frame: Frame,
  colour: string,
  width: number,
  opacity: number,
): string {
  return `<path d="${linesPath(each, frame)}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round" stroke-opacity="${opacity}"/>`;
}

/** The first points of polylines, or with −2 the last. */
function ends(each: readonly (readonly number[])[], from: 0 | -2): number[] {
  return each.flatMap((line) => (from === 0 ? line.slice(0, 2) : line.slice(-2)));
}

/** Evenly picked: generators may order their points. */
function thinned(points: readonly number[], count: number): readonly number[] {
  const stride = Math.max(1, Math.floor(points.length / 2 / count));
  return points.filter((_, k) => Math.floor(k / 2) % stride === 0).slice(0, 2 * count);
}
