/**
 * A TypeDoc plugin for guides that are read in the repository as well as on the site: where a link names code and leads to a source
 * file, [`name`](../../packages/…/name.ts), the site leads to the page of that export. A name that the file does not export fails
 * the build.
 */
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReflectionKind, RendererEvent } from 'typedoc';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.renderer.on(RendererEvent.BEGIN, ({ project }) => {
    const { files } = project;
    const exported = project.getReflectionsByKind(ReflectionKind.SomeExport);
    for (const document of project.getReflectionsByKind(ReflectionKind.Document)) {
      document.content.forEach((part, at, parts) => {
        if (part.kind !== 'relative-link' || parts[at - 2]?.kind !== 'code') return;
        const path = files.resolvePath(part.target);
        if (!path?.endsWith('.ts')) return;
        const name = parts[at - 2].text.replaceAll('`', '');
        const file = relative(root, path).replaceAll('\\', '/');
        const target = exported.find((each) => each.name === name && each.sources?.[0].fileName === file);
        if (!target) return app.logger.error(`${document.name} links to ${name}, which ${file} does not export`);
        files.registerReflectionPath(`${path}/${name}`, target);
        part.target = files.registerAbsolute(`${path}/${name}`).target;
      });
    }
  });
}
