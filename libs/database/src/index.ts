export { bigintArray, boolArray, byteaArray, intArray, textArray, timestampArray, uuidArray } from './arrays.js';
export { Database, prepared, type DatabaseOptions, type Prepared, type Queryable, type Tx } from './database.js';
export { migrate } from './migrate.js';
