/** One colour for each method, the same in every figure: bridges are cool, flows warm. */

/** Dark enough for text on white; grey for a method that the published table does not know. */
export function methodColour(method: string): string {
  return COLOURS[method] ?? '#4b5563';
}

const COLOURS: Readonly<Record<string, string>> = {
  'DSBM-IPF': '#1e3a8a',
  'DSBM-IMF': '#2a8bd0',
  'DSBM-IMF+': '#0f9d76',
  DSB: '#6b7280',
  'SB-CFM': '#857a00',
  FM: '#d18b00',
  CFM: '#c2558f',
  RF: '#7b4bb3',
  'OT-CFM': '#d0480b',
};
