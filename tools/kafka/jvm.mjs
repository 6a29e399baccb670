import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** Warnings and worse; Kafka says very much at level info. */
export const QUIET = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'];

/** The java to use: `JAVA_HOME` if set, else the one on the path. */
export function javaProgram() {
  return process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
}

/**
 * Starts a broker's JVM in a process group of its own, so that Ctrl-C in the terminal reaches us and not the broker.
 *
 * @param {{ classpath: string, properties: string, logFile: string, flags?: string[] }} what
 */
export function launch({ classpath, properties, logFile, flags = [] }) {
  const log = openSync(logFile, 'a');
  try {
    return spawn(
      javaProgram(),
      ['-Xmx512m', '-XX:+UseSerialGC', ...flags, '-cp', classpath, ...QUIET, 'kafka.Kafka', properties],
      { detached: true, stdio: ['ignore', log, log] },
    );
  } finally {
    closeSync(log);
  }
}
