/** Reads the number of an option; the message names it. */
export function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new RangeError(`"--${name}" expected a whole number, got ${text}`);
}
