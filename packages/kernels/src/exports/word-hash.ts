/** A hash against mix-ups and damage, not against malice. */
export interface WordHashExports {
  /**
   * Takes `blocks` blocks of sixteen 32-bit words into sixteen `lanes` of int32, word k into lane k mod 16, each by a
   * multiplication and a shift that lose nothing. The lanes are changed in place, so the words may come in pieces.
   */
  hashWords(words: number, blocks: number, lanes: number): void;
}
