/** The groups of rows of the exact suite; those of the rivals are named in `peers/exact_transport.py`. */

/** What users get from `emd`: the proof included. */
export const CERTIFIED = 'with certificate';

/** The same plan without the sweep over all pairs. */
export const UNCERTIFIED = 'without certificate';

/** POT's network simplex. */
export const POT = 'POT';

/** SciPy's assignment. */
export const SCIPY = 'SciPy';
