import { Module, type DynamicModule } from '@nestjs/common';
import { GatewaySettings } from './gateway-settings.js';
import { ApiKeyStore } from './store/api-key.store.js';

/** API keys, where the kit's access guard can reach them. */
@Module({})
export class KeysModule {
  static with(settings: GatewaySettings): DynamicModule {
    const providers = [ApiKeyStore, { provide: GatewaySettings, useValue: settings }];
    return { module: KeysModule, global: true, providers, exports: [ApiKeyStore, GatewaySettings] };
  }
}
