import { Injectable } from '@nestjs/common';
import { ClientKafka } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { Settings } from './settings.js';
import type { Topic } from './messages.js';

@Injectable()
export class Publisher {
  constructor(
    private readonly client: ClientKafka,
    private readonly settings: Settings,
  ) {}

  async publish(topic: Topic, key: string, value: object): Promise<void> {
    await lastValueFrom(this.client.emit(this.settings.topic(topic), { key, value }));
  }
}
