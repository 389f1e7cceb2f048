/**
 * Matchers, known-answer problems and leak checks for the tests of the other packages.
 *
 * @packageDocumentation
 */
export {};
