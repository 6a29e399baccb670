import type { KafkaConfig, logCreator } from 'kafkajs';
import { Kafka, logLevel } from 'kafkajs';

export interface KafkaBusOptions {
  readonly brokers: readonly string[];
  /** Names this program in the broker's logs and quotas. */
  readonly clientId?: string;
  /** TLS: `true`, or certificates as Node's `tls.connect` takes them. */
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
  /** Copies of each record of a topic that is created here; without it the cluster's default. */
  readonly replication?: number;
  /** How soon the group notices that this process died. Default 10 s. */
  readonly sessionTimeoutMs?: number;
  /** How long the other members wait for our running batches when the group changes. Default 15 s. */
  readonly rebalanceTimeoutMs?: number;
  /** A handler that takes longer is taken for hung: its partitions go to somebody else and `onFatal` is called. Default 5 min. */
  readonly handlerDeadlineMs?: number;
  /** A handler threw, or the client met an error it recovers from. */
  readonly onError?: (error: unknown) => void;
  /** A subscription is dead and will not come back by itself: end the process, so that it is started again. */
  readonly onFatal?: (error: Error) => void;
  /** What the Kafka client has to say, warnings and worse. */
  readonly onLog?: (line: { level: 'warn' | 'error'; message: string; fields: Record<string, unknown> }) => void;
}

/** The options with their defaults, and the client made from them. */
export interface KafkaSettings {
  readonly kafka: Kafka;
  readonly replication: number;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly handlerDeadlineMs: number;
  readonly onError: (error: unknown) => void;
  readonly onFatal: (error: Error) => void;
}

export function toSettings(options: KafkaBusOptions): KafkaSettings {
  return {
    kafka: createClient(options),
    replication: options.replication ?? -1,
    sessionTimeoutMs: options.sessionTimeoutMs ?? 10_000,
    rebalanceTimeoutMs: options.rebalanceTimeoutMs ?? 15_000,
    handlerDeadlineMs: options.handlerDeadlineMs ?? 300_000,
    onError: options.onError ?? (() => {}),
    onFatal: options.onFatal ?? (() => {}),
  };
}

function createClient({ brokers, clientId = 'railhead', ssl, sasl, onLog = () => {} }: KafkaBusOptions): Kafka {
  const toOnLog: logCreator = () => (entry) => {
    const { message, timestamp: _timestamp, logger: _logger, ...fields } = entry.log;
    onLog({ level: entry.level === logLevel.WARN ? 'warn' : 'error', message, fields });
  };
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    logLevel: logLevel.WARN,
    logCreator: toOnLog,
    connectionTimeout: 3_000,
    retry: { initialRetryTime: 200, maxRetryTime: 5_000, retries: 6 },
  });
}
