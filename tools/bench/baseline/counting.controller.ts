import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { Tally } from './tally.js';
import { settings } from './settings.js';

/** The bench's own ears; nothing of it belongs to the stages. */
@Controller()
export class CountingController {
  constructor(private readonly tally: Tally) {}

  @EventPattern<string>(settings.topic('invoice.issued'))
  invoiced(): void {
    this.tally.invoiced();
  }
}
