import 'reflect-metadata';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, Transport, type MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Kafka, logLevel } from 'kafkajs';
import { DataSource } from 'typeorm';
import { BillingController } from './billing.controller.js';
import { CountingController } from './counting.controller.js';
import { ENTITIES } from './entities.js';
import { FulfilmentController, WarehouseController } from './fulfilment.controller.js';
import { IntakeController } from './intake.controller.js';
import { TOPICS } from './messages.js';
import { Publisher } from './publisher.js';
import { fillTables } from './reference.js';
import { settings } from './settings.js';
import { Tally } from './tally.js';
import { ValidationController } from './validation.controller.js';

@Module({})
class ServiceModule {
  static with(controllers: Type[], shared: readonly { provide: unknown; useValue: unknown }[]): DynamicModule {
    return { module: ServiceModule, controllers, providers: [...(shared as never[]), Publisher] };
  }
}

export interface RunningBaseline {
  readonly url: string;
  stop(): Promise<void>;
}

/** Five services as they are usually written with Nest's Kafka transport and TypeORM, in one process. */
export async function startBaseline(tally: Tally): Promise<RunningBaseline> {
  await createTopics();
  const database = await new DataSource({
    type: 'postgres',
    url: settings.databaseUrl,
    entities: ENTITIES,
    synchronize: true,
  }).initialize();
  await fillTables(database);
  const client = new ClientKafka({ client: clientOf('producer'), producerOnlyMode: true });
  await client.connect();
  const shared = [DataSource, ClientKafka, Tally].map((provide, index) => ({
    provide,
    useValue: [database, client, tally][index],
  }));
  const service = async (name: string, controllers: Type[]): Promise<{ close(): Promise<void> }> => {
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(
      ServiceModule.with(controllers, [...shared, settingsProvider]),
      {
        logger: ['error'],
        transport: Transport.KAFKA,
        options: {
          client: clientOf(name),
          consumer: { groupId: settings.prefix + name },
          subscribe: { fromBeginning: true },
          run: { partitionsConsumedConcurrently: settings.concurrency },
        },
      },
    );
    await app.listen();
    return app;
  };
  const services = [
    await service('validation', [ValidationController]),
    await service('fulfilment', [FulfilmentController]),
    await service('warehouse', [WarehouseController]),
    await service('billing', [BillingController]),
    await service('counting', [CountingController]),
  ];
  const door = await NestFactory.create<NestFastifyApplication>(
    ServiceModule.with([IntakeController], [...shared, settingsProvider]),
    new FastifyAdapter({ bodyLimit: 10_000_000 }),
    { logger: ['error'] },
  );
  door.useBodyParser('application/edi-x12', {}, (_request, body, done) => done(null, String(body)));
  await door.listen(0, '127.0.0.1');
  return {
    url: await door.getUrl(),
    stop: async () => {
      await door.close();
      await Promise.all(services.map((one) => one.close()));
      await client.close();
      await database.destroy();
    },
  };
}

const settingsProvider = { provide: settings.constructor, useValue: settings };

function clientOf(name: string): { clientId: string; brokers: string[]; logLevel: logLevel } {
  return { clientId: name, brokers: settings.brokers, logLevel: logLevel.ERROR };
}

async function createTopics(): Promise<void> {
  const admin = new Kafka(clientOf('admin')).admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: TOPICS.map((topic) => ({ topic: settings.topic(topic), numPartitions: settings.partitions })),
  });
  await admin.disconnect();
}
