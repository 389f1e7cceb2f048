/**
 * The globals that instrumented examples call. A bundle may hold this file, so it uses nothing but the language.
 *
 * `record(place, value)` hears every value that an example states, before it is compared.
 */

/**
 * @param {(place: string, value: unknown) => void} [record]
 * @returns {string[]} the failures so far, filled as examples run
 */
export function installExpectations(record = () => {}) {
  const failures = [];
  globalThis.expectValue = (actual, expected, place) => {
    record(place, actual);
    const wanted = expected();
    if (!isSame(actual, wanted)) failures.push(`${place}: expected ${show(wanted)}, got ${show(actual)}`);
    return actual;
  };
  globalThis.expectThrow = async (body, expected, place) => {
    try {
      await body();
    } catch (error) {
      const text = `${error.name}: ${error.message}`;
      if (!text.startsWith(expected)) failures.push(`${place}: expected ${expected}, got ${text}`);
      return;
    }
    failures.push(`${place}: expected ${expected}, and nothing was thrown`);
  };
  return failures;
}

/** Deep equality; numbers to 1e-9 relative; a typed array equals the array of its entries. */
function isSame(actual, expected) {
  if (typeof actual === 'number' && typeof expected === 'number') {
    return Object.is(actual, expected) || actual === expected || isClose(actual, expected);
  }
  if (isList(actual) && isList(expected)) {
    return actual.length === expected.length && Array.from(expected).every((value, i) => isSame(actual[i], value));
  }
  if (isObject(actual) && isObject(expected)) {
    const keys = Object.keys(expected);
    return Object.keys(actual).length === keys.length && keys.every((key) => isSame(actual[key], expected[key]));
  }
  return Object.is(actual, expected);
}

function isClose(actual, expected) {
  return Math.abs(actual - expected) <= 1e-9 * Math.max(Math.abs(actual), Math.abs(expected));
}

function isList(value) {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !isList(value);
}

function show(value) {
  const plain = (_key, part) => (isList(part) ? Array.from(part) : typeof part === 'number' ? String(part) : part);
  return typeof value === 'number' ? String(value) : (JSON.stringify(value, plain) ?? String(value)).slice(0, 300);
}
