/** The methods on images by their names. */
import type { ImageMethodName } from '../image-settings.js';
import { dsbmImf } from './digit-bridge.js';
import { cfm, otCfm } from './flow-of-noise.js';
import type { ImageMethod } from './image-method.js';

/** Every method of the table that is run on images. */
export const imageMethods: Readonly<Record<ImageMethodName, ImageMethod>> = {
  CFM: cfm,
  'OT-CFM': otCfm,
  'DSBM-IMF': dsbmImf,
};
