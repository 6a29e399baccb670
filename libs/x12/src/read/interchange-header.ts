import type { ByteRange } from '../issues/issue.js';
import type { IssueCode } from '../issues/issue-codes.js';
import { IssueList } from '../issues/issue-list.js';
import { isDate, isTime } from '../validate/calendar.js';
import type { Delimiters } from '../segments/delimiters.js';
import type { Isa } from './isa.js';
import type { InterchangeHeader } from './units.js';

const ISA_LENGTH = 106;

/** Reads the header an ISA holds, and adds to `issues` what is wrong with it. */
export function toInterchangeHeader(isa: Isa, range: ByteRange, issues: IssueList): InterchangeHeader {
  const header = headerOf(isa.elements, delimitersOf(isa), range, issues);
  noteLayout(isa, range, issues);
  checkHeader(header, range, issues);
  return header;
}

/** As much of a header as a cut-off ISA shows. */
export function toTruncatedHeader(
  elements: readonly string[],
  separator: string,
  range: ByteRange,
  issues: IssueList,
): InterchangeHeader {
  issues.add('isa-truncated', { segment: 'ISA', ...range }, 'the ISA is cut off');
  return headerOf(elements, { element: separator, segment: '~' }, range, issues);
}

function headerOf(
  elements: readonly string[],
  delimiters: Delimiters,
  range: ByteRange,
  issues: IssueList,
): InterchangeHeader {
  const at = (position: number) => withoutPadding(elements[position - 1] ?? '');
  return {
    senderQualifier: at(5),
    senderId: at(6),
    receiverQualifier: at(7),
    receiverId: at(8),
    date: at(9),
    time: at(10),
    version: at(12),
    controlNumber: at(13),
    acknowledgmentRequested: at(14) === '1',
    usage: at(15),
    delimiters,
    elements,
    issues: issues.items,
    range,
  };
}

/** No-break spaces come in by copying from web pages, as one byte (Latin-1) or two (UTF-8). */
function withoutPadding(text: string): string {
  return text.replace(/\u00c2?\u00a0/g, ' ').trim();
}

function delimitersOf(isa: Isa): Delimiters {
  const component = isa.component === undefined ? {} : { component: String.fromCharCode(isa.component) };
  return {
    element: String.fromCharCode(isa.separator),
    segment: String.fromCharCode(...isa.terminator),
    ...component,
    ...repetitionOf(isa),
  };
}

/** Up to 00401 ISA11 names a standard (`U`); later it is the repetition separator, but many senders still write `U`. */
function repetitionOf(isa: Isa): { repetition?: string } {
  const candidate = (isa.elements[10] ?? '').trim();
  const version = (isa.elements[11] ?? '').trim();
  const isSeparator = candidate.length === 1 && !/[A-Za-z0-9]/.test(candidate);
  const isOther = candidate.charCodeAt(0) !== isa.separator && candidate.charCodeAt(0) !== isa.component;
  return version >= '00402' && isSeparator && isOther ? { repetition: candidate } : {};
}

function noteLayout(isa: Isa, range: ByteRange, issues: IssueList): void {
  const place = { segment: 'ISA', ...range };
  if (isa.length !== ISA_LENGTH) issues.add('isa-length', place, `the ISA has ${isa.length} characters, not 106`);
  if (isa.component === undefined) issues.add('isa-component-separator-missing', place, 'ISA16 is empty');
  if (isa.wrapped) issues.add('lines-wrapped', place, 'a line break stands inside the ISA');
  if (isa.elements.some((text) => text.includes('\u00a0'))) {
    issues.add('isa-no-break-space', place, 'no-break spaces in the ISA are read as spaces');
  }
}

function checkHeader(header: InterchangeHeader, range: ByteRange, issues: IssueList): void {
  const check = (good: boolean, code: IssueCode, position: number, message: string) => {
    const value = header.elements[position - 1] ?? '';
    if (!good) issues.add(code, { segment: 'ISA', element: position, ...range }, `${message}: ${value}`, { value });
  };
  check(header.senderId !== '', 'isa-sender', 6, 'ISA06 names no sender');
  check(header.receiverId !== '', 'isa-receiver', 8, 'ISA08 names no receiver');
  check(isDate(header.date), 'isa-date', 9, 'ISA09 is not a date');
  check(isTime(header.time), 'isa-time', 10, 'ISA10 is not a time');
  check(/^\d{5}$/.test(header.version), 'isa-version', 12, 'ISA12 is not a version');
  check(/^\d{1,9}$/.test(header.controlNumber), 'isa-control-number', 13, 'ISA13 is not a number');
  check(/^[01]?$/.test(header.elements[13]?.trim() ?? ''), 'isa-acknowledgment-requested', 14, 'ISA14 is not 0 or 1');
  check(/^[PTI]$/.test(header.usage), 'isa-usage', 15, 'ISA15 is not P, T or I');
}
