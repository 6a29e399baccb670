export { aDeal, aDealLine, anId, anOutboundMessage } from './deals.js';
export { FakeSalesforce, ORG_ID, type FakeDeal } from './fake-salesforce.js';
