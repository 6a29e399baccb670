import { sameSecret } from '@railhead/service-kit';
import type { Organization } from '../salesforce/organization.js';
import { SalesforceClient } from '../salesforce/salesforce.client.js';

/** The organizations of this installation, each with its connection. */
export class Organizations {
  private readonly clients: ReadonlyMap<string, SalesforceClient>;

  constructor(readonly all: readonly Organization[]) {
    this.clients = new Map(
      all.map((organization) => [organization.organizationId, new SalesforceClient(organization)]),
    );
  }

  /** All are compared, so that the time taken tells nothing. */
  withPathSecret(secret: string): Organization | undefined {
    return this.all.filter((organization) => sameSecret(organization.pathSecret, secret))[0];
  }

  find(organizationId: string): Organization | undefined {
    return this.all.find((organization) => organization.organizationId === organizationId);
  }

  clientOf(organizationId: string): SalesforceClient {
    const client = this.clients.get(organizationId);
    if (client === undefined) throw new Error('an organization without a connection');
    return client;
  }
}
