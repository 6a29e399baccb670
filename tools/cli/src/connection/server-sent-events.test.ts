import { expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { serverSentEvents } from './server-sent-events.js';

async function read(chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const events: string[] = [];
  for await (const { event, data } of serverSentEvents(Readable.from(chunks))) events.push(`${event}=${data}`);
  return events;
}

it('reads events whole, whatever the chunks', async () => {
  const text = 'event: order\nid: 1\ndata: {"a":"ü"}\n\ndata: two\ndata: lines\r\n\r\n';
  expect(await read([text])).toEqual(['order={"a":"ü"}', 'message=two\nlines']);
  expect(await read([...Buffer.from(text)].map((byte) => Buffer.from([byte])))).toEqual([
    'order={"a":"ü"}',
    'message=two\nlines',
  ]);
});

it('leaves out heartbeats and what the end of the stream cut off', async () => {
  expect(await read([': still here\n\n', 'data: a\n\n', 'data: half'])).toEqual(['message=a']);
});
