/**
 * A TypeDoc plugin that refuses an exported function, class or constant without an `@example`. Of overloads one is enough.
 */
import { ReflectionKind, RendererEvent } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.renderer.on(RendererEvent.BEGIN, ({ project }) => {
    for (const kind of [ReflectionKind.Function, ReflectionKind.Class, ReflectionKind.Variable]) {
      for (const exported of project.getReflectionsByKind(kind)) {
        const comments = [exported, ...(exported.signatures ?? [])].map(({ comment }) => comment);
        if (comments.some((comment) => comment?.getTag('@example'))) continue;
        app.logger.error(`${exported.getFriendlyFullName()} has no @example`);
      }
    }
  });
}
