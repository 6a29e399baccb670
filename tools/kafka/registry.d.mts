/** A schema registry that answers at `url`, in this process. */
export interface RunningRegistry {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a small Avro schema registry with Confluent's REST protocol on loopback.
 *
 * @param options - `port`: without it a free one. `stateFile`: keeps ids and subjects over a restart; without it they are lost.
 */
export function startRegistry(options?: { port?: number; stateFile?: string }): Promise<RunningRegistry>;
