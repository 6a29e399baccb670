import { Inject, Injectable } from '@nestjs/common';
import { Surroundings } from '../surroundings.js';
import { PartnerDirectory } from './partner-directory.js';
import { PartnerFileWatch } from './partner-file-watch.js';
import { PartnerRegistry } from './partner-registry.js';

/** Keeps the partners up to date while the service runs. */
@Injectable()
export class PartnerWatch {
  constructor(
    registry: PartnerRegistry,
    directory: PartnerDirectory,
    @Inject(Surroundings) { parts, config }: Surroundings,
  ) {
    parts.background(new PartnerFileWatch(config, registry, directory, parts.context.log));
  }
}
