/**
 * A TypeDoc plugin that sets `$…$` and `$$…$$` in KaTeX while the site is built, so that pages show their formulas from disk
 * and without JavaScript. A formula that KaTeX refuses fails the build.
 */
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import katex from 'katex';
import { Application, JSX, RendererEvent } from 'typedoc';

const katexFolder = join(dirname(createRequire(import.meta.url).resolve('katex/package.json')), 'dist');

/** @param {import('typedoc').Application} app */
export function load(app) {
  // Reading the configuration resets every option, so this one is set once that is over.
  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue('markdownItLoader', (parser) => installMaths(parser, (message) => app.logger.error(message)));
  });
  app.renderer.hooks.on('head.end', (context) =>
    JSX.createElement('link', { rel: 'stylesheet', href: context.relativeURL('assets/katex/katex.min.css') }),
  );
  app.renderer.on(RendererEvent.END, (event) => {
    const target = join(event.outputDirectory, 'assets/katex');
    cpSync(join(katexFolder, 'katex.min.css'), join(target, 'katex.min.css'));
    cpSync(join(katexFolder, 'fonts'), join(target, 'fonts'), {
      recursive: true,
      filter: (path) => !/\.(ttf|woff)$/.test(path),
    });
  });
}

function installMaths(parser, fail) {
  parser.inline.ruler.after('escape', 'maths', inlineMaths);
  parser.block.ruler.before('paragraph', 'maths', blockMaths, { alt: ['paragraph', 'list', 'blockquote'] });
  const render = (displayMode) => (tokens, index) => {
    const formula = tokens[index].content;
    try {
      return katex.renderToString(formula, { displayMode, throwOnError: true, strict: 'error' });
    } catch (error) {
      fail(`KaTeX cannot set "${formula}": ${error.message}`);
      return '';
    }
  };
  parser.renderer.rules.maths_inline = render(false);
  parser.renderer.rules.maths_block = (tokens, index) => `<p>${render(true)(tokens, index)}</p>\n`;
}

/** `$…$` within one paragraph; a dollar followed by a space, or closed before a digit, is money and stays as it is. */
function inlineMaths(state, silent) {
  if (state.src[state.pos] !== '$') return false;
  const match = /^\$(?![\s$])((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)/.exec(state.src.slice(state.pos, state.posMax));
  if (!match) return false;
  if (!silent) state.push('maths_inline', 'math', 0).content = match[1];
  state.pos += match[0].length;
  return true;
}

/** Lines from `$$` to `$$`, each at the start or the end of a line. */
function blockMaths(state, startLine, endLine, silent) {
  const lineAt = (line) => state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]).trim();
  if (!lineAt(startLine).startsWith('$$')) return false;
  let text = lineAt(startLine).slice(2);
  let line = startLine + 1;
  for (; !text.endsWith('$$'); line++) {
    if (line >= endLine) return false;
    text += `\n${lineAt(line)}`;
  }
  if (silent) return true;
  state.push('maths_block', 'math', 0).content = text.slice(0, -2).trim();
  state.line = line;
  return true;
}
