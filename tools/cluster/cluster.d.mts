import type { ChildProcess } from 'node:child_process';

export interface Member {
  readonly name: string;
  readonly id: string;
  readonly url: string;
  readonly port: number;
  child: ChildProcess | undefined;
  readonly exits: { code: number | null; signal: string | null; at: number }[];
}

export interface Cluster {
  readonly credentials: {
    adminKey: string;
    internalToken: string;
    carrierSecret: string;
    shopifySecret: string;
    salesforceSecret: string;
  };
  readonly members: Member[];
  readonly home: string;
  urlOf(name: string): string | undefined;
  urlFor(path: string): string;
  /** False when it ended before it was ready. */
  start(member: Member, extra?: NodeJS.ProcessEnv): Promise<boolean>;
  stop(member: Member, signal?: NodeJS.Signals): Promise<void>;
  stopAll(): Promise<unknown>;
}

export function startCluster(options: {
  home: string;
  databaseUrl: string;
  brokers?: string[];
  topicPrefix?: string;
  partitions?: number;
  names?: string[];
  env?: NodeJS.ProcessEnv;
  envOf?: (name: string) => NodeJS.ProcessEnv;
}): Promise<Cluster>;
