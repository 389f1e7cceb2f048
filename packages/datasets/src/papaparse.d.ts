// What is used of the package. Its published types import Node's, whose globals would then be visible in every file beside this one.
declare module 'papaparse' {
  interface Result {
    readonly data: string[][];
    readonly errors: readonly { readonly message: string; readonly row?: number }[];
  }
  const Papa: {
    parse(text: string, config: { delimiter: string }): Result;
    unparse(rows: readonly (readonly string[])[], config: { delimiter: string; newline: string }): string;
  };
  export { Papa as default };
}
