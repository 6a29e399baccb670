/** Opens the contestants' doors. They listen on loopback, for as long as a round takes. */
export const TOKEN = 'token-of-the-bench-only';
export const ADMIN_KEY = `bench.${'key-of-the-bench-only-'.repeat(2)}`;
