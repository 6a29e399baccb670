export {
  addDecimals,
  compareDecimals,
  decimalsOf,
  digitsOf,
  divideDecimals,
  isDecimal,
  multiplyDecimals,
  percentOf,
  shortestDecimal,
  subtractDecimals,
} from './decimal.js';
export { rateBeside } from './rate-beside.js';
export { currencyScale, isCurrency } from './currency.js';
export {
  addMoney,
  extend,
  formatMinor,
  money,
  parseMinor,
  subtractMoney,
  sumMoney,
  type Money,
  type Rounding,
} from './money.js';
