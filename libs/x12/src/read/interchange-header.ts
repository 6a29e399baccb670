import type { ByteRange } from '../issues/issue.js';
import type { IssueCode } from '../issues/issue-codes.js';
import { IssueList } from '../issues/issue-list.js';
import { isDate, isTime } from '../validate/calendar.js';
import type { Delimiters } from '../segments/delimiters.js';
import type { Isa } from './isa.js';
import type { InterchangeHeader } from './units.js';

const ISA_LENGTH = 106;
const SEPARATORS = 16;

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
  const place = { segment: 'ISA', ...range };
  // All sixteen separators are there, but what stands behind the last of them cannot end a segment.
  const isWhole = elements.length === SEPARATORS - 1 && range.to - range.from >= ISA_LENGTH;
  if (isWhole) issues.add('isa-terminator', place, 'what follows ISA16 cannot be a segment terminator');
  else issues.add('isa-truncated', place, 'the ISA is cut off');
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
  return (text.includes('\u00a0') ? text.replace(/\u00c2?\u00a0/g, ' ') : text).trim();
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
  if (isa.padded) issues.add('padded-lines', place, 'the blanks that fill up each line are left out');
  if (isa.wrapped) issues.add('lines-wrapped', place, 'lines are wrapped at a column; their breaks are left out');
  if (isa.elements.some((text) => text.includes('\u00a0'))) {
    issues.add('isa-no-break-space', place, 'no-break spaces in the ISA are read as spaces');
  }
}

function checkHeader(header: InterchangeHeader, range: ByteRange, issues: IssueList): void {
  for (const { code, element, says, isGood } of CHECKS) {
    if (isGood(header)) continue;
    const value = header.elements[element - 1] ?? '';
    issues.add(code, { segment: 'ISA', element, ...range }, `${says}: ${value}`, { value });
  }
}

interface HeaderCheck {
  readonly code: IssueCode;
  readonly element: number;
  readonly says: string;
  readonly isGood: (header: InterchangeHeader) => boolean;
}

const at = ({ elements }: InterchangeHeader, position: number) => withoutPadding(elements[position - 1] ?? '');
const check = (code: IssueCode, element: number, says: string, isGood: HeaderCheck['isGood']): HeaderCheck => ({
  code,
  element,
  says,
  isGood,
});

/** In the order of the elements. Codes that mean nothing without a value (ISA02, ISA04) are asked for their value. */
const CHECKS: readonly HeaderCheck[] = [
  check('isa-authorization-qualifier', 1, 'ISA01 is not 00 to 08', (header) => /^(0[0-8])?$/.test(at(header, 1))),
  check('isa-authorization', 2, 'ISA02 is not there', (header) => at(header, 1) <= '00' || at(header, 2) !== ''),
  check('isa-security-qualifier', 3, 'ISA03 is neither 00 nor 01', (header) => /^(0[01])?$/.test(at(header, 3))),
  check('isa-security', 4, 'ISA04 is not there', (header) => at(header, 3) <= '00' || at(header, 4) !== ''),
  check('isa-sender-qualifier', 5, 'ISA05 is not a qualifier', isQualified('senderQualifier')),
  check('isa-sender', 6, 'ISA06 names no sender', ({ senderId }) => senderId !== ''),
  check('isa-receiver-qualifier', 7, 'ISA07 is not a qualifier', isQualified('receiverQualifier')),
  check('isa-receiver', 8, 'ISA08 names no receiver', ({ receiverId }) => receiverId !== ''),
  check('isa-date', 9, 'ISA09 is not a date', ({ date }) => isDate(date)),
  check('isa-time', 10, 'ISA10 is not a time', ({ time }) => isTime(time)),
  check('isa-standard', 11, 'ISA11 is neither U nor a separator', (header) =>
    /^(U|[^A-Za-z0-9\s])$/.test(at(header, 11)),
  ),
  check('isa-version', 12, 'ISA12 is not a version', ({ version }) => /^00\d{3}$/.test(version)),
  check('isa-control-number', 13, 'ISA13 is not a number', ({ controlNumber }) => /^\d{1,9}$/.test(controlNumber)),
  check('isa-acknowledgment-requested', 14, 'ISA14 asks for nothing known', asksWhatIsKnown),
  check('isa-usage', 15, 'ISA15 is not P, T or I', ({ usage }) => /^[PTI]$/.test(usage)),
  check('isa-component-separator', 16, 'ISA16 cuts nothing', ({ delimiters }) => maySeparate(delimiters)),
];

/** Behind 00401 also 2 and 3: a TA1 only where the interchange is refused, or anything is wrong with it. */
function asksWhatIsKnown(header: InterchangeHeader): boolean {
  return (header.version > '00401' ? /^[0-3]?$/ : /^[01]?$/).test(at(header, 14));
}

function isQualified(side: 'senderQualifier' | 'receiverQualifier'): HeaderCheck['isGood'] {
  return (header) => /^[A-Z0-9]{2}$/.test(header[side]);
}

/** A letter, a digit or a space would cut words, another delimiter nothing. Absent is a note of its own. */
function maySeparate({ component, element, segment }: Delimiters): boolean {
  return component === undefined || (![element, segment].includes(component) && !/[A-Za-z0-9 ]/.test(component));
}
