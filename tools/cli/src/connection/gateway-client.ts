import axios, { AxiosError, type AxiosInstance, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import type { Readable } from 'node:stream';
import type { Connection } from './connection.js';
import { failureOf, somethingElse } from './failure-of.js';

const TIMEOUT_MS = 30_000;

/** HTTP towards Railhead, and nothing else: addresses, headers, time limits, and a clear failure for everything that is not a yes. */
export class GatewayClient {
  private readonly http: AxiosInstance;

  constructor(readonly connection: Connection) {
    this.http = axios.create({
      baseURL: connection.url,
      timeout: TIMEOUT_MS,
      headers: connection.key === undefined ? {} : { authorization: `Bearer ${connection.key}` },
      maxContentLength: 100_000_000,
      maxRedirects: 0, // on its way elsewhere a POST becomes a GET, whose answer would be taken for ours
    });
  }

  async get<T>(path: string, params: Record<string, string | number | undefined> = {}): Promise<T> {
    return (await this.ask<T>({ method: 'get', url: path, params })).data;
  }

  async post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return (await this.ask<T>({ method: 'post', url: path, data: body, headers })).data;
  }

  /** Sends bytes as they are; the answer comes back whatever its status, because a refusal of a document is an answer. */
  async send(path: string, bytes: Buffer, headers: Record<string, string>): Promise<{ status: number; body: unknown }> {
    const config = { validateStatus: isAnswer };
    const { status, data } = await this.ask<unknown>({ method: 'post', url: path, data: bytes, headers, ...config });
    return { status, body: data };
  }

  /** An open stream of server-sent events, behind an event or from now on. It has no time limit; end it with the signal. */
  async stream(
    path: string,
    params: Record<string, string>,
    signal: AbortSignal,
    lastEventId?: string,
  ): Promise<Readable> {
    const headers = { accept: 'text/event-stream', ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) };
    return (
      await this.ask<Readable>({
        method: 'get',
        url: path,
        params,
        headers,
        responseType: 'stream',
        timeout: 0,
        signal,
      })
    ).data;
  }

  private async ask<T>(request: AxiosRequestConfig): Promise<AxiosResponse<T>> {
    const answer = await this.http.request<T>(request).catch((error: unknown) => {
      throw error instanceof AxiosError ? failureOf(error, this.connection) : error;
    });
    if (typeof answer.data === 'string') throw somethingElse(this.connection.url);
    return answer;
  }
}

/** What Railhead says about a document, yes or no. */
function isAnswer(status: number): boolean {
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status !== 401 && status !== 403);
}
