/** Draws the figures of the guides with the packages themselves. Their numbers have the same bits everywhere, so the files do. */
import './coupling-to-metric.mjs';
import './closed-form-fields.mjs';
import './schrodinger-bridges.mjs';
