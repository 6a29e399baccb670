import type { ChildProcess } from 'node:child_process';

export interface ClusterOptions {
  /** Reference data, EDI folders, credentials, `logs/<id>.log`. */
  readonly home: string;
  readonly databaseUrl: string;
  /** Without them the services share the embedded bus of one database. */
  readonly brokers?: string[];
  readonly topicPrefix?: string;
  readonly partitions?: number;
  /** May hold a name several times: several processes of one service. Default: every service of the product. */
  readonly names?: string[];
  /** Main modules of services that are not the product's, by name. */
  readonly others?: Record<string, string>;
  readonly env?: NodeJS.ProcessEnv;
  /** Adds to one service's environment. */
  readonly envOf?: (name: string) => NodeJS.ProcessEnv;
  /** Whatever ends without having been told to is started again. */
  readonly isSupervised?: boolean;
}

/** A process of a service. */
export interface Member {
  readonly name: string;
  /** The name, or `name#2` and so on for further processes of one service. */
  readonly id: string;
  readonly url: string;
  readonly port: number;
  readonly logFile: string;
  readonly child: ChildProcess | undefined;
  readonly isRunning: boolean;
  readonly isPaused: boolean;
  readonly exits: { code: number | null; signal: string | null; at: number }[];
  /** kill -9. */
  kill(): void;
  /** kill -9; after its next start it ends itself at the `nth` pass of a crash point. */
  arm(point: string, nth: number): void;
  /** SIGSTOP, and SIGCONT after so many milliseconds. */
  pause(ms: number): Promise<void>;
  /** Waits until it answers; false when it ended and nobody starts it again. @throws Error after a minute. */
  ready(): Promise<boolean>;
}

export interface ProcessEvent {
  /** Of `performance.now()`. */
  readonly at: number;
  readonly service: string;
  readonly what: 'killed' | 'paused' | 'crash point' | 'ended by itself' | 'added' | 'removed';
  readonly point?: string;
  readonly code?: number | null;
}

export interface Cluster {
  readonly credentials: {
    adminKey: string;
    internalToken: string;
    carrierSecret: string;
    shopifySecret: string;
    salesforceSecret: string;
  };
  readonly members: readonly Member[];
  readonly events: readonly ProcessEvent[];
  readonly home: string;
  urlOf(name: string): string | undefined;
  urlFor(path: string): string;
  /** False when it ended before it was ready. */
  start(member: Member, extra?: NodeJS.ProcessEnv): Promise<boolean>;
  stop(member: Member, signal?: NodeJS.Signals): Promise<void>;
  add(name: string): Promise<Member>;
  remove(member: Member): Promise<void>;
  allReady(): Promise<void>;
  stopAll(): Promise<void>;
}

export function startCluster(options: ClusterOptions): Promise<Cluster>;
/** The product's services, those that others wait for first. */
export const SERVICES: readonly { readonly name: string }[];
