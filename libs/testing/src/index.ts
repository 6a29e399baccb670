export { freshDatabase } from './databases.js';
export { aDraft, aLine, anOrder } from './orders.js';
export { serviceUnderTest, TestClock, type ServiceUnderTest } from './service-under-test.js';
export { silentWire, type SilentWire } from './silent-wire.js';
