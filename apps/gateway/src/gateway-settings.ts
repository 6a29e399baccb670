/** The gateway's configuration as its classes get it. An abstract class, so that it is its own token. */
export abstract class GatewaySettings {
  abstract readonly bootstrapAdminKey: string | undefined;
  abstract readonly serviceUrls: ReadonlyMap<string, string>;
}
