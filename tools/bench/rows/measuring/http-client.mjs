// Makes HTTP traffic from a process of its own, over connections that are kept: its CPU is not the contestants'.
import { Agent, request } from 'node:http';
import { answerQuestions } from '../../contestant.mjs';

const CONNECTIONS = 8;
const { requests: source } = JSON.parse(process.env.BENCH_SETTINGS);
const { requestsFor } = await import(new URL(source, import.meta.url).href);
let prepared = [];

/** Resolves with the answer: its status and its bytes. */
function send(agent, url, { method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

answerQuestions({
  start: () => ({}),
  /** Made beforehand, so that signing a request does not slow the next one down. */
  prepare: ({ count, options }) => {
    prepared = requestsFor(count, options);
    return {};
  },
  /** Sends all prepared requests, some at a time. Every one must be answered as the first is expected to be. */
  run: async ({ url, status }) => {
    // of this run only: a server closes connections that rest, just when they are used again
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    let next = 0;
    let bytes = 0;
    const worker = async () => {
      while (next < prepared.length) {
        const answer = await send(agent, url, prepared[next++]);
        if (answer.status !== status) throw new Error(`answered ${answer.status}: ${answer.body.subarray(0, 500)}`);
        bytes += answer.body.length;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker)).finally(() => agent.destroy());
    return { units: prepared.length, answerBytes: bytes / prepared.length };
  },
  stop: () => void setTimeout(() => process.exit(0), 50),
});
