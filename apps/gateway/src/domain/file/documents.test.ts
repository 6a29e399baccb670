import { describe, expect, it } from '@jest/globals';
import { DocumentAcknowledged, DocumentRejected, DocumentSent, type DocumentIssue } from '@railhead/contracts';
import { Story, ORDER_ID } from '../../testing/story.js';
import { orderFileOf } from './fold.js';
import type { FileDocument } from './order-file.js';

const notice = {
  ...{ documentId: 'doc-1', orderId: ORDER_ID, direction: 'out' as const, documentType: '856', system: 'x12' as const },
  ...{ partner: 'acme', sha256: 'a'.repeat(64), sizeBytes: 700, at: '2026-02-03T10:00:00.000Z' },
};
const numbered = { ...notice, controlNumber: '7' };
const fault: DocumentIssue = { code: 'ELEMENT_TOO_LONG', at: 'REF02', message: 'at most 30 characters' };

function documentAfter(tell: (story: Story) => void): FileDocument {
  const story = new Story();
  tell(story);
  return orderFileOf(ORDER_ID, story.facts.toReversed())!.documents[0]!;
}
const sent = (story: Story) => story.tell(DocumentSent, numbered, { minute: 5 });
const opinion =
  (accepted: boolean, issues: DocumentIssue[], minute = 9) =>
  (story: Story) => {
    sent(story);
    story.tell(DocumentAcknowledged, { ...numbered, accepted, issues }, { minute });
  };

describe('a document of ours in the order file', () => {
  it.each([
    [
      'with faults',
      (story: Story) => story.tell(DocumentRejected, { ...notice, issues: [fault] }),
      'rejected',
      [false, false, 'waiting'],
    ],
    ['sent', sent, 'sent', [true, true, 'waiting']],
    ['accepted', opinion(true, []), 'acknowledged', [true, true, 'accepted']],
    ['accepted with errors', opinion(true, [fault]), 'acknowledged', [true, true, 'accepted-with-errors']],
    ['refused', opinion(false, [fault]), 'refused', [true, true, 'rejected']],
  ])('that is %s shows it on its three axes', (_what, tell, state, [valid, delivered, acknowledged]) => {
    expect(documentAfter(tell)).toMatchObject({ state, axes: { valid, delivered, acknowledged } });
  });

  it('that had faults, was mended and sent, is sent, under its number', () => {
    const document = documentAfter((story) => {
      story.tell(DocumentRejected, { ...notice, issues: [fault] }, { minute: 1 });
      sent(story);
    });
    expect(document).toMatchObject({
      state: 'sent',
      controlNumber: '7',
      issues: [],
      axes: { valid: true, delivered: true },
    });
  });

  it('that was accepted and objected to later is refused', () => {
    const document = documentAfter((story) => {
      opinion(true, [])(story);
      story.tell(DocumentAcknowledged, { ...numbered, accepted: false, issues: [fault] }, { minute: 20 });
    });
    expect(document).toMatchObject({ state: 'refused', axes: { acknowledged: 'rejected' } });
  });
});
