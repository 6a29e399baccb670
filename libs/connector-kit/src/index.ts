export { decimalOf } from './decimal-text.js';
export { fitLines, fitText } from './fitting.js';
export { parseLosslessly, placeOf } from './lossless-json.js';
export { RawBodies } from './raw-bodies.js';
export { Sourced } from './sourced.js';
