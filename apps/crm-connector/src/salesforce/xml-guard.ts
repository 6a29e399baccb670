import type { DocumentIssue } from '@railhead/contracts';

const REFERENCES_MAX = 10_000;

/**
 * Looks at the bytes before a parser does. An outbound message declares no document type and no entities, is UTF-8 and
 * has few references; anything else is an attack or a mistake.
 */
export function xmlFault(bytes: Buffer): DocumentIssue | undefined {
  if (bytes.includes(0))
    return { code: 'NOT_UTF8', at: `byte ${bytes.indexOf(0)}`, message: 'the message is not UTF-8 text' };
  const text = bytes.toString('latin1');
  const declaration = /<!(DOCTYPE|ENTITY)/i.exec(text);
  if (declaration) {
    return {
      code: 'DOCTYPE_FORBIDDEN',
      at: `byte ${declaration.index}`,
      message: 'a document type or entity is declared; that is not taken',
    };
  }
  let references = 0;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) references += 1;
  if (references <= REFERENCES_MAX) return undefined;
  return { code: 'TOO_MANY_REFERENCES', at: 'body', message: `more than ${REFERENCES_MAX} character references` };
}
