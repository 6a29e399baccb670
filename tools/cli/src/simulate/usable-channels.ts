import { CHANNELS, type Channel } from '@railhead/simulators';
import type { Connection } from '../connection/connection.js';
import { CliFailure, EXIT } from '../exit-codes.js';

/** Why a channel cannot be used from here, or undefined. */
type Obstacle = string | undefined;

const NOT_HERE = 'run it where "railhead start" keeps its .railhead folder (RAILHEAD_HOME)';

/** Channels that can be used, and a line about each that cannot. */
export interface UsableChannels {
  readonly channels: readonly Channel[];
  readonly leftOut: readonly string[];
}

/**
 * Finds the channels that can be used.
 *
 * @param named - those that were asked for; without them all that can be used are
 * @throws CliFailure when a channel that was asked for cannot be used.
 */
export function usableChannels(
  named: readonly Channel[] | undefined,
  connection: Connection,
  isSalesforceKnown: boolean,
): UsableChannels {
  const checked = (named ?? CHANNELS).map((channel) => ({
    channel,
    obstacle: obstacleTo(channel, connection, isSalesforceKnown),
  }));
  const leftOut = checked.flatMap(({ channel, obstacle }) =>
    obstacle === undefined ? [] : [`${channel}: ${obstacle}`],
  );
  if (named !== undefined && leftOut.length > 0)
    throw new CliFailure(EXIT.unusable, leftOut.join('\n'), 'Mend that, or leave the channel out of --channels.');
  return { channels: checked.filter(({ obstacle }) => obstacle === undefined).map(({ channel }) => channel), leftOut };
}

/** Reads `edi,json`. @throws CliFailure for a channel that nobody knows. */
export function channelsIn(text: string): Channel[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const unknown = names.filter((name) => !CHANNELS.some((channel) => channel === name));
  if (unknown.length > 0)
    throw new CliFailure(
      EXIT.unusable,
      `there is no channel ${unknown.join(', ')}`,
      `There are ${CHANNELS.join(', ')}.`,
    );
  return CHANNELS.filter((channel) => names.includes(channel));
}

function obstacleTo(channel: Channel, connection: Connection, isSalesforceKnown: boolean): Obstacle {
  switch (channel) {
    case 'json':
      return undefined;
    case 'edi':
      return connection.internalToken === undefined
        ? `the token of the EDI door is not known here; ${NOT_HERE}`
        : undefined;
    case 'folder':
      return connection.home === undefined ? `the partners' folders are not on this machine; ${NOT_HERE}` : undefined;
    case 'shopify':
      return connection.shopifySecret === undefined ? `the shop's secret is not known here; ${NOT_HERE}` : undefined;
    case 'salesforce':
      return isSalesforceKnown
        ? undefined
        : 'the hub does not know the simulated organization; start it with: npm start -- --simulators';
  }
}
