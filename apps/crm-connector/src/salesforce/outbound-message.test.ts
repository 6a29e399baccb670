import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { anOutboundMessage } from '../testing/deals.js';
import { readOutboundMessage } from './outbound-message.js';
import { withoutSessionId } from './redact.js';

const ORG = '00D5w000004qGTOEA2';
const recorded = readFileSync(new URL('../../fixtures/outbound-message.two-deals.xml', import.meta.url), 'utf8');
const read = (text: string) => readOutboundMessage(Buffer.from(text));
const issuesOf = (text: string) => {
  const result = read(text);
  return result.ok ? [] : result.issues;
};

describe('an outbound message', () => {
  it('is read to its notifications', () => {
    expect(read(recorded)).toEqual({
      ok: true,
      message: {
        organizationId: ORG,
        sessionId: undefined,
        notifications: [
          { notificationId: '04l5w00000Note1AAB', objectType: 'Opportunity', recordId: '0065w00000Deal1AAB' },
          { notificationId: '04l5w00000Note2AAB', objectType: 'Opportunity', recordId: '0065w00000Deal2AAB' },
        ],
      },
    });
  });

  it('is read whatever its prefixes are, and with ids of 15 characters', () => {
    const renamed = recorded
      .replaceAll('sf:', 'x:')
      .replace(/xmlns:sf=/g, 'xmlns:x=')
      .replace('<notifications xmlns=', '<n:notifications xmlns:n=')
      .replace('</notifications>', '</n:notifications>')
      .replaceAll('AAB</', '</')
      .replace('00D5w000004qGTOEA2', '00D5w000004qGTO');
    expect(read(renamed)).toEqual(read(recorded));
  });

  it('does not take the id of the record for the id of the notification', () => {
    const swapped = recorded.replace(/(<Notification>\s*)(<Id>.*?<\/Id>)(\s*<sObject[\s\S]*?<\/sObject>)/, '$1$3$2');
    expect(read(swapped)).toEqual(read(recorded));
  });

  it('is none when it is in another namespace, empty, or has no ids', () => {
    expect(issuesOf(recorded.replace('2005/09/outbound', '2005/09/other'))).toMatchObject([{ code: 'NOT_A_MESSAGE' }]);
    expect(issuesOf(anOutboundMessage(ORG, []))).toMatchObject([{ code: 'EMPTY', at: 'notifications' }]);
    expect(
      issuesOf(
        recorded.replace('<Id>04l5w00000Note2AAB</Id>', '').replace('Deal1AAB', 'Deal1AAC').replace(ORG, 'mine'),
      ),
    ).toMatchObject([
      { code: 'ID_BAD', at: 'notifications/OrganizationId' },
      { code: 'ID_BAD', at: 'notifications/Notification[1]/sObject/Id' },
      { code: 'ID_MISSING', at: 'notifications/Notification[2]/Id' },
    ]);
  });

  it('is refused before it is parsed when it declares a document type, is not UTF-8 or is full of references', () => {
    expect(issuesOf(`<!doctype x>${recorded}`)).toMatchObject([{ code: 'DOCTYPE_FORBIDDEN', at: 'byte 0' }]);
    expect(issuesOf(`<?xml version="1.0"?><!ENTITY x "y">`)).toMatchObject([{ code: 'DOCTYPE_FORBIDDEN' }]);
    expect(readOutboundMessage(Buffer.from(recorded, 'utf16le'))).toMatchObject({ issues: [{ code: 'NOT_UTF8' }] });
    expect(readOutboundMessage(Buffer.from(recorded.replace('screws', 'schräub'), 'latin1'))).toMatchObject({
      issues: [{ code: 'NOT_XML' }],
    });
    const references = (count: number): string => recorded.replace('Closed Won', '&#65;'.repeat(count));
    expect(issuesOf(references(9_999))).toEqual([]); // and one in the name of the deal
    expect(issuesOf(references(10_000))).toMatchObject([{ code: 'TOO_MANY_REFERENCES' }]);
  });

  it('is refused at the line and column where it breaks, and when it is nested without end', () => {
    expect(issuesOf(recorded.replace('</sf:Name>', ''))).toMatchObject([
      { code: 'NOT_XML', at: expect.stringMatching(/^line 17, column \d+$/) },
    ]);
    expect(issuesOf('<a>'.repeat(33))).toMatchObject([
      { code: 'NOT_XML', message: expect.stringContaining('nested deeper') },
    ]);
    expect(issuesOf('')).toMatchObject([{ code: 'NOT_XML' }]);
    expect(issuesOf('&x;')).toMatchObject([{ code: 'NOT_XML' }]);
  });
});

describe('a session id', () => {
  it('is taken out of what is kept, however it is written', () => {
    const secret = '00D!AQ.secret';
    for (const text of [
      `<SessionId>${secret}</SessionId>`,
      `<x:SessionId a="b" >${secret}</x:SessionId >`,
      `<SessionId><![CDATA[${secret}]]></SessionId>`,
      `<SessionId>${secret}`,
      `<SessionId>a</SessionId><!-- ${secret} -->`,
    ]) {
      expect(withoutSessionId(text, secret)).not.toContain(secret);
    }
    expect(withoutSessionId(`<SessionId>${secret}</SessionId><Id>1</Id>`)).toBe(
      '<SessionId>[redacted]</SessionId><Id>1</Id>',
    );
  });

  it('that is not there changes nothing', () => {
    expect(withoutSessionId(recorded)).toBe(recorded);
    expect(withoutSessionId('<SessionId></SessionId>')).toBe('<SessionId></SessionId>');
  });

  it('is looked for in one pass: a thousand tags that never end take no longer than any other text', () => {
    const text = '<SessionId '.repeat(47_000); // as large as a message may be
    const startedMs = performance.now();
    expect(withoutSessionId(text)).toBe(text);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});
