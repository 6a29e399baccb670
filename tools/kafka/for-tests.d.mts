export interface TestKafka {
  readonly brokers: string[];
  readonly from: 'KAFKA_BROKERS' | 'docker' | 'jars';
  /** Put it before every topic and group name: another test file uses the same broker. */
  readonly prefix: string;
}

/**
 * A Kafka for tests: `KAFKA_BROKERS` if set; else a container when a Docker engine answers; else one from the jars
 * (Java 17 and, the first time, Maven). All test files of one Jest run share one broker, started when the first one asks.
 *
 * @returns undefined when there is none, after one loud line; the test file then skips.
 * @throws KafkaUnavailable instead, when `RAILHEAD_KAFKA=required` or `CI=true`.
 */
export function resolveKafka(env?: NodeJS.ProcessEnv): Promise<TestKafka | undefined>;

/** Ends the broker of the Jest run that keeps its state in this folder. */
export function stopSharedKafka(runDir: string): Promise<void>;
