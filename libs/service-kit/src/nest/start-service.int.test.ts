import { describe, expect, it } from '@jest/globals';
import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { freshDatabase } from '@railhead/testing';
import { probeService } from '../testing/probe-service.js';
import { startService, type ServiceDefinition } from './start-service.js';

describe('a service that starts', () => {
  it('begins each of its modules once', async () => {
    let begun = 0;
    @Module({})
    class Counting implements OnModuleInit {
      onModuleInit(): void {
        begun += 1;
      }
    }
    const probe = probeService({ run: () => {} });
    const module = (...given: Parameters<ServiceDefinition['module']>): DynamicModule => ({
      module: Counting,
      imports: [probe.module(...given)],
    });
    const { url, drop } = await freshDatabase();
    const env = { DATABASE_URL: url, LOG_LEVEL: 'silent', HTTP_PORT: '0', INTERNAL_TOKEN: 'internal-token-of-tests' };
    const service = await startService({ ...probe, module }, { env });
    await service.stop();
    await drop();
    expect(begun).toBe(1);
  });
});
