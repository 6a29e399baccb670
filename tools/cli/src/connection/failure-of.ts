import type { AxiosError } from 'axios';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import type { Connection } from './connection.js';

interface Problem {
  readonly error?: string;
  readonly message?: string;
  readonly issues?: readonly { readonly at?: string; readonly message?: string }[];
}

const BY_STATUS: Readonly<Record<number, readonly [ExitCode, string]>> = {
  401: [
    EXIT.denied,
    'Set RAILHEAD_KEY to a valid key, or run the command where "railhead start" keeps its .railhead folder.',
  ],
  403: [EXIT.denied, 'Use a key that has the role, e.g. the admin key in .railhead/credentials.json.'],
  404: [EXIT.notFound, 'Run "railhead orders" or "railhead tasks" to see what there is.'],
  409: [EXIT.failed, 'Look how it stands by now (railhead status, railhead tasks), then decide.'],
  429: [EXIT.unusable, 'Wait a little, then try again.'],
  503: [EXIT.unusable, 'Nothing was taken. Try again in a few seconds; "railhead doctor" looks for the cause.'],
};

/** Where the kind of refusal says more than its status. */
const BY_ERROR: Readonly<Record<string, readonly [ExitCode, string]>> = {
  WRONG_SENDER: [EXIT.failed, 'Name the partner whose id is in the ISA, or leave --partner out. The document is kept.'],
};

/** Why a call failed, in words for a person, with the exit code for a script. */
export function failureOf(error: AxiosError, { url }: Pick<Connection, 'url'>): CliFailure {
  if (error.response === undefined) {
    const next = 'Start it with "npm start" in another terminal, or set RAILHEAD_URL to where it runs.';
    return new CliFailure(EXIT.unusable, `Railhead does not answer at ${url} (${error.code ?? error.message})`, next);
  }
  const { status, data, headers } = error.response;
  if (status >= 300 && status < 400) return elsewhere(url, status, headers['location']);
  if (status < 500 && typeof data === 'string') return somethingElse(url);
  const problem = problemIn(data);
  const [exit, next] = BY_ERROR[problem.error ?? ''] ??
    BY_STATUS[status] ?? [status >= 500 ? EXIT.unusable : EXIT.failed, adviceFor(status)];
  const places = (problem.issues ?? []).map(({ at, message }) => `\n  ${at ?? ''}  ${message ?? ''}`).join('');
  return new CliFailure(exit, `${problem.message ?? `Railhead answered ${status}`}${places}`, next, {
    status,
    ...problem,
  });
}

/** Railhead answers in JSON. */
export function somethingElse(url: string): CliFailure {
  const next = 'Another program may have its port: set RAILHEAD_URL to where Railhead runs.';
  return new CliFailure(EXIT.unusable, `something else than Railhead answers at ${url}`, next);
}

function elsewhere(url: string, status: number, location: unknown): CliFailure {
  const to = typeof location === 'string' ? ` to ${location}` : '';
  const next = 'Set RAILHEAD_URL to where Railhead runs, e.g. with https:// instead of http://.';
  return new CliFailure(EXIT.unusable, `${url} sends us elsewhere (${status}${to}); nothing was done`, next);
}

function adviceFor(status: number): string {
  return status >= 500
    ? 'Look into the log of Railhead, then try again.'
    : 'Mend what is named above, then send it again.';
}

function problemIn(data: unknown): Problem {
  return typeof data === 'object' && data !== null && !('pipe' in data) ? (data as Problem) : {};
}
