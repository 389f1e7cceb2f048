/**
 * Elementary functions that give the same bits on every JavaScript engine.
 *
 * @packageDocumentation
 */
export {};
