import { Inject, Injectable } from '@nestjs/common';
import { Clock, Work } from '@railhead/service-kit';
import { EdiDoor } from '../door/edi-door.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { OutboundStore } from '../store/outbound.store.js';
import { Surroundings } from '../surroundings.js';
import { DocumentAxes } from '../transport/document-axes.js';
import { DocumentDeliverer } from '../transport/document.deliverer.js';
import { PartnerGate } from '../transport/partner-gate.js';
import { FetchTroubles } from './fetch-troubles.js';
import { SftpRounds } from './sftp-rounds.js';
import { SftpServer } from './sftp-server.js';
import { SftpTransport } from './sftp.transport.js';

/** SFTP in both roles: we fetch from and bring to the servers of partners, and partners log in at ours. */
@Injectable()
export class SftpStation {
  readonly server: SftpServer | undefined;

  constructor(
    door: EdiDoor,
    directory: PartnerDirectory,
    axes: DocumentAxes,
    outbound: OutboundStore,
    work: Work,
    clock: Clock,
    @Inject(Surroundings) { parts, config }: Surroundings,
  ) {
    const { log } = parts.context;
    parts.deliverers([new DocumentDeliverer(new SftpTransport(config.home), directory, axes, new PartnerGate())]);
    parts.background(new SftpRounds(directory, config, door, new FetchTroubles(work, clock), log));
    if (config.sftp === undefined) return;
    const taken = (partner: string, file: string): Promise<void> =>
      work.run((tx) => outbound.taken(partner, file, clock.now(), tx));
    this.server = new SftpServer({ ...config, ...config.sftp }, directory, taken, log);
    parts.background(this.server);
  }
}
