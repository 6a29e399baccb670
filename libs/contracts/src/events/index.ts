export * from './document-events.js';
export * from './money-events.js';
export * from './order-change-events.js';
export * from './order-events.js';
export * from './reference-events.js';
export * from './shipment-events.js';
export * from './task-events.js';
