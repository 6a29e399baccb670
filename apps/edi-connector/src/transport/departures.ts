import { Inject, Injectable } from '@nestjs/common';
import { Work } from '@railhead/service-kit';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { Surroundings } from '../surroundings.js';
import { DocumentAxes } from './document-axes.js';
import { DocumentDeliverer } from './document.deliverer.js';
import { FolderTransport } from './folder.transport.js';
import { OverdueClock } from './overdue-clock.js';

const OVERDUE_POLLS_MAX = 30;

/** What carries documents of ours to partners, and waits for their acknowledgements. */
@Injectable()
export class Departures {
  constructor(
    directory: PartnerDirectory,
    axes: DocumentAxes,
    work: Work,
    @Inject(Surroundings) { parts, config }: Surroundings,
  ) {
    const folders = (['folder', 'https'] as const).map((name) => new FolderTransport(config.home, name));
    parts.deliverers(folders.map((transport) => new DocumentDeliverer(transport, directory, axes)));
    parts.background(new OverdueClock(axes, work, config.pollMs * OVERDUE_POLLS_MAX, parts.context.log));
  }
}
