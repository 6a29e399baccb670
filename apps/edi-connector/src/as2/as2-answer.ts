import type { HeaderList } from './as2-client.js';

/** What is answered to a POST. */
export interface As2Answer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Buffer;
}
