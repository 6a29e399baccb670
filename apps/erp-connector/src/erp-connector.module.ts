import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceContext, ServiceKitModule, type RunningParts } from '@railhead/service-kit';
import { ErpConfig, loadConfig } from './config.js';
import { FolderWatch } from './import/folder-watch.js';
import { ReferenceImporter } from './import/reference-importer.js';
import { ImportStore } from './store/import.store.js';

/** Publishes what the ERP knows: products, prices, customers, stock. */
@Module({})
export class ErpConnectorModule {
  static with(parts: RunningParts, env: NodeJS.ProcessEnv): DynamicModule {
    const watch = {
      provide: FolderWatch,
      inject: [ErpConfig, ReferenceImporter, ServiceContext],
      useFactory: (config: ErpConfig, importer: ReferenceImporter, context: ServiceContext): FolderWatch => {
        const made = new FolderWatch(config, importer, context);
        parts.background(made);
        return made;
      },
    };
    return {
      module: ErpConnectorModule,
      imports: [ServiceKitModule.forService(parts)],
      providers: [ImportStore, ReferenceImporter, { provide: ErpConfig, useValue: loadConfig(env) }, watch],
    };
  }
}
