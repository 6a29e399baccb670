export { aDeal, aDealLine, anId, anOutboundMessage, recordId } from './deals.js';
export { FakeSalesforce, ORG_ID, type FakeDeal } from './fake-salesforce.js';
