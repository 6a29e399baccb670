export interface StartOptions {
  /** Folder for data, settings and log. Used again if it has been used before. Without it: a temporary one, deleted by `stop`. */
  readonly dataDir?: string;
  /** Port on 127.0.0.1; without it a free one. */
  readonly port?: number;
  /** Port of a proxy: the broker gets a second door (`behindProxy`) for it to forward to, whose clients stay on the proxy. */
  readonly proxyPort?: number;
  /** Log file; without it `broker.log` in the folder. */
  readonly log?: string;
  /** The process whose end also ends the broker; without it this one. `null`: the broker outlives everybody. */
  readonly owner?: number | null;
  /** `false` lets the JVM compile fully: slower to start, faster under load. For benches. */
  readonly quickStart?: boolean;
}

/** A Kafka that answers. */
export interface RunningKafka {
  readonly brokers: string[];
  /** Where a proxy must forward to; only with `proxyPort`. */
  readonly behindProxy: number | undefined;
  /** Of the JVM; another one after `restart`. */
  readonly pid: number;
  readonly home: string;
  readonly logFile: string;
  /** Ends it in good order and waits; deletes the folder if it was temporary. */
  stop(): Promise<void>;
  /** Ends it as a power cut would (SIGKILL). Data and port stay for `restart`. */
  kill(): Promise<void>;
  /** Ends it in good order. Data and port stay for `restart`. */
  halt(): Promise<void>;
  /** Starts it again on the same data and port; stops it first if it runs. */
  restart(): Promise<void>;
}

/**
 * Starts a single-node Kafka (KRaft) on loopback and returns when it answers, about a second later; the first time on
 * a machine also fetches the jars and takes 5 to 60 s.
 *
 * @throws KafkaUnavailable without Java 17, or without Maven (or its network) the first time.
 */
export function startKafka(options?: StartOptions): Promise<RunningKafka>;
