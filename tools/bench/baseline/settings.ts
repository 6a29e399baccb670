import type { Topic } from './messages.js';

export class Settings {
  constructor(
    readonly databaseUrl: string,
    readonly brokers: string[],
    readonly prefix: string,
    readonly partitions: number,
    /** Partitions that one consumer works on at once. Nest and kafkajs do one. */
    readonly concurrency: number,
    readonly accounts: string[],
    readonly products: string[],
    readonly price: string,
  ) {}

  topic(topic: Topic): string {
    return this.prefix + topic;
  }
}

// the bench hands everything over in one variable
const given = JSON.parse(process.env['BENCH_SETTINGS'] ?? '{}') as Record<string, unknown>;

export const settings = new Settings(
  String(given['databaseUrl']),
  given['brokers'] as string[],
  String(given['prefix']),
  Number(given['partitions']),
  Number(given['concurrency']),
  given['accounts'] as string[],
  given['products'] as string[],
  String(given['price']),
);
