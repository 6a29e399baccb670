import type { DocumentIssue } from '@railhead/contracts';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { isRecordId, toLongId } from './record-id.js';
import { xmlFault } from './xml-guard.js';

const NAMESPACE = 'http://soap.sforce.com/2005/09/outbound';
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const DEPTH_MAX = 32;

/** One "this record changed". */
export interface Notification {
  readonly notificationId: string;
  /** `Opportunity`, `Account`, … */
  readonly objectType: string;
  readonly recordId: string;
}

/** What an outbound message says. It is a hint: what counts is read from Salesforce afterwards. */
export interface OutboundMessage {
  /** 18 characters. */
  readonly organizationId: string;
  /** Present only where the sender is set up to give its login away. */
  readonly sessionId?: string | undefined;
  readonly notifications: readonly Notification[];
}

export type ReadMessage =
  { readonly ok: true; readonly message: OutboundMessage } | { readonly ok: false; readonly issues: DocumentIssue[] };

/** Texts of elements by their path below `notifications`, and one entry per notification. */
interface Found {
  isMessage: boolean;
  readonly head: Map<string, string>;
  readonly notifications: { id: string; objectType: string; recordId: string }[];
}

/** Reads an outbound message (SOAP, namespace-aware), or says where it is wrong. */
export function readOutboundMessage(bytes: Buffer): ReadMessage {
  const fault = xmlFault(bytes);
  if (fault) return { ok: false, issues: [fault] };
  const found: Found = { isMessage: false, head: new Map(), notifications: [] };
  try {
    parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), found);
  } catch (error) {
    return { ok: false, issues: [{ code: 'NOT_XML', at: placeOf(error), message: messageOf(error) }] };
  }
  return check(found);
}

function parse(text: string, found: Found): void {
  const parser = new SaxesParser({ xmlns: true });
  const path: string[] = [];
  let inside = 0; // depth of <notifications>, 0 before it
  let content = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => parser.fail('a document type is declared'));
  parser.on('text', (part) => void (content += part));
  parser.on('cdata', (part) => void (content += part));
  parser.on('opentag', (tag) => {
    path.push(tag.local);
    content = '';
    if (path.length > DEPTH_MAX) parser.fail(`nested deeper than ${DEPTH_MAX} elements`);
    if (tag.local === 'notifications' && tag.uri === NAMESPACE) [inside, found.isMessage] = [path.length, true];
    if (inside > 0) open(path.slice(inside), tag, found);
  });
  parser.on('closetag', () => {
    if (inside > 0) close(path.slice(inside), content.trim(), found);
    if (path.length === inside) inside = 0;
    path.pop();
    content = '';
  });
  parser.write(text).close();
}

function open(path: readonly string[], tag: SaxesTagNS, found: Found): void {
  const at = path.join('/');
  if (at === 'Notification') found.notifications.push({ id: '', objectType: '', recordId: '' });
  if (at !== 'Notification/sObject') return;
  const type = Object.values(tag.attributes).find(
    (attribute) => attribute.local === 'type' && attribute.uri === SCHEMA_INSTANCE,
  );
  found.notifications.at(-1)!.objectType = type?.value.split(':').at(-1) ?? '';
}

function close(path: readonly string[], content: string, found: Found): void {
  const at = path.join('/');
  const current = found.notifications.at(-1);
  if (at === 'Notification/Id' && current) current.id = content;
  if (at === 'Notification/sObject/Id' && current) current.recordId = content;
  if (path.length === 1) found.head.set(at, content);
}

function check(found: Found): ReadMessage {
  if (!found.isMessage)
    return {
      ok: false,
      issues: [
        { code: 'NOT_A_MESSAGE', at: 'Envelope/Body', message: `there is no notifications element of ${NAMESPACE}` },
      ],
    };
  const organizationId = found.head.get('OrganizationId') ?? '';
  const issues = [
    ...idIssue(organizationId, 'notifications/OrganizationId'),
    ...(found.notifications.length === 0
      ? [{ code: 'EMPTY', at: 'notifications', message: 'the message has no notification' }]
      : []),
    ...found.notifications.flatMap((one, index) => [
      ...idIssue(one.id, `notifications/Notification[${index + 1}]/Id`),
      ...idIssue(one.recordId, `notifications/Notification[${index + 1}]/sObject/Id`),
    ]),
  ];
  if (issues.length > 0) return { ok: false, issues: issues.slice(0, 100) };
  const notifications = found.notifications.map(({ id, objectType, recordId }) => ({
    notificationId: toLongId(id),
    objectType,
    recordId: toLongId(recordId),
  }));
  return {
    ok: true,
    message: {
      organizationId: toLongId(organizationId),
      sessionId: found.head.get('SessionId') || undefined,
      notifications,
    },
  };
}

function idIssue(id: string, at: string): DocumentIssue[] {
  if (isRecordId(id)) return [];
  return [
    {
      code: id === '' ? 'ID_MISSING' : 'ID_BAD',
      at,
      message: id === '' ? 'the id is missing' : 'is not an id of 15 or 18 characters',
    },
  ];
}

/** The parser starts its messages with line and column. */
function placeOf(error: unknown): string {
  const [, line, column] = /^(\d+):(\d+): /.exec(error instanceof Error ? error.message : '') ?? [];
  return line === undefined ? 'body' : `line ${line}, column ${column}`;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^\d+:\d+: /, '').slice(0, 300);
}
