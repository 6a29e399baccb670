/** One name of the peer, and how it sends under that. Words are the product's own, e.g. `aes256` or `aes256-cbc`, `sha256`. */
export interface PeerLink {
  /** AS2 name, also of its folder: letters and digits. */
  readonly name: string;
  /** Absent: not encrypted. */
  readonly encrypt?: string;
  /** Absent: not signed. */
  readonly sign?: string;
  /** Both ways. */
  readonly compress?: 'before-signing' | 'after-signing';
  /** What it gets from us is neither signed nor encrypted. */
  readonly isPlain?: boolean;
  /** It asks for receipts that are posted to it later. */
  readonly isAsync?: boolean;
}

export interface PeerOptions {
  /** OpenAS2, or as2-server of the as2-lib (now phase2) family. */
  readonly product: 'openas2' | 'phax';
  /** Its own key and certificate. */
  readonly peer: { readonly privateKeyPem: string; readonly certificatePem: string };
  readonly railheadCertificatePem: string;
  /** Where it posts to. */
  readonly railheadUrl: string;
  readonly links: readonly PeerLink[];
  /** Of its receiver and of its receiver for receipts; absent: free ones. */
  readonly ports?: readonly [number, number];
}

/** An AS2 server that we did not write, under the names of its links; we are `RAILHEAD`. */
export interface As2Peer {
  readonly url: string;
  readonly port: number;
  readonly mdnPort: number;
  /** Payloads that it received under a name, as latin1. */
  inbox(link: string): Promise<string[]>;
  /** Receipts that it received and believed. */
  receipts(link: string): Promise<string[]>;
  log(): Promise<string>;
  /** Lets it send a file to us. */
  send(link: string, name: string, content: string): Promise<void>;
  stop(): Promise<void>;
}

/** This machine has no Java or cannot get the jars. */
export class As2PeerUnavailable extends Error {}

/**
 * Starts an AS2 server from jars of Maven Central, on loopback, with 256 MB. It ends with this process at the latest.
 *
 * @throws As2PeerUnavailable without Java, or the first time without Maven or a repository.
 */
export function startAs2Peer(options: PeerOptions): Promise<As2Peer>;
