import type { Carrier } from '../carrier.js';
import { aftershipCarrier } from './aftership/aftership.carrier.js';
import { easypostCarrier } from './easypost/easypost.carrier.js';
import { genericCarrier } from './generic/generic.carrier.js';

/** Everyone who can be listened to. One more is one folder and one word here. */
export const CARRIERS: readonly Carrier[] = [easypostCarrier, aftershipCarrier, genericCarrier];
