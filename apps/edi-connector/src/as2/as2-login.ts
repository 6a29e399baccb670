import { Injectable } from '@nestjs/common';
import { Failure } from '@railhead/service-kit';
import { authPlace, secretOf, type As2Auth } from '../partners/as2-profile.js';
import type { Partner } from '../partners/partner.js';
import { ProfileSecrets } from '../partners/profile-secrets.js';
import type { HeaderList } from './as2-client.js';

/** What partners' web servers want to know before they let us post: never in a table, a log or an address. */
@Injectable()
export class As2Login {
  constructor(private readonly secrets: ProfileSecrets) {}

  /**
   * What the profile says for its server. Another server of the same partner is not told.
   *
   * @throws Failure that a person must mend: it cannot be opened here.
   */
  async at(url: string, { name, as2 }: Partner): Promise<HeaderList> {
    if (as2?.auth === undefined || new URL(url).origin !== new URL(as2.url).origin) return [];
    const secret = await this.secrets.revealed(secretOf(as2.auth), authPlace(name, as2));
    if (secret === undefined) throw lost('the password or token of the profile');
    return [['Authorization', authorization(as2.auth, secret)]];
  }

  /** User and password that a partner wrote into an address, to be kept until they are used; absent: there are none. */
  async kept(url: string, partner: string): Promise<string | undefined> {
    const basic = basicIn(url);
    return basic && this.secrets.sealed(basic, receiptPlace(url, partner));
  }

  /** @throws Failure */
  async ofKept(kept: string, url: string, partner: string): Promise<HeaderList> {
    const basic = await this.secrets.revealed(kept, receiptPlace(url, partner));
    if (basic === undefined) throw lost('the password of the address for receipts');
    return [['Authorization', basic]];
  }
}

/** An address without user and password. */
export function withoutUser(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

function authorization(auth: As2Auth, secret: string): string {
  return auth.scheme === 'basic' ? basicOf(auth.user, secret) : `Bearer ${secret}`;
}

function basicIn(address: string): string | undefined {
  const { username, password } = new URL(address);
  return username === '' && password === '' ? undefined : basicOf(unescaped(username), unescaped(password));
}

function basicOf(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function receiptPlace(url: string, partner: string): string {
  return `receipt|${partner}|${new URL(url).origin}`;
}

function lost(what: string): Failure {
  return Failure.permanent('PARTNER_REJECTED', `${what} cannot be opened here: say it anew`);
}
