import { findConnection } from '../connection/connection.js';
import { GatewayClient } from '../connection/gateway-client.js';
import type { Output } from '../output/output.js';

/** What every command gets from the outside. */
export interface CommandContext {
  readonly out: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Standard input. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Ends what waits: Ctrl-C. */
  readonly signal: AbortSignal;
}

export function gatewayOf(context: CommandContext): GatewayClient {
  return new GatewayClient(findConnection(context.env, context.cwd));
}
