import { z } from 'zod';

const Folder = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\u0000-\u001f]*$/, 'no control characters')
  .refine((path) => !path.split('/').includes('..'), 'no ".."');

/** SHA-256 of a public key as OpenSSH shows it (`ssh-keygen -lf`), with or without its `SHA256:`. */
const Fingerprint = z
  .string()
  .regex(/^(SHA256:)?[A-Za-z0-9+/]{43}=?$/, 'as `ssh-keygen -lf` shows it: SHA256:…')
  .transform((text) => text.replace(/^SHA256:/, '').replace(/=$/, ''));

/** A partner's SFTP server, where we are the client. */
export const SftpProfile = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).default(22),
  username: z.string().min(1).max(100),
  /** Fingerprints of the host keys we accept: two while they change theirs. Others end the connection. */
  hostKeys: z.array(Fingerprint).min(1).max(5),
  /** Also what is broken or nearly so (SHA-1 in the key exchange, CBC ciphers), for a server that has nothing newer. */
  oldAlgorithms: z.boolean().default(false),
  /** File of our private key, in the folder `keys` of `EDI_HOME`. Never the key itself. */
  privateKeyFile: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/, 'a file name')
    .default('sftp_ed25519'),
  /** Where they put what is for us; absent: we only bring. */
  fetchFrom: Folder.optional(),
  /** Where we put what is for them. */
  putInto: Folder.default('.'),
  /** What becomes of a file that we have taken: deleted, or moved to this folder of theirs. */
  afterFetch: z.union([z.literal('delete'), z.strictObject({ moveTo: Folder })]).default('delete'),
  pollSeconds: z.number().min(0.05).max(86_400).default(60),
  /** A file is taken when it looked the same at two looks so far apart. */
  stableSeconds: z.number().min(0.02).max(3_600).default(5),
});
export type SftpProfile = z.infer<typeof SftpProfile>;

/** A partner that logs in at our SFTP server. */
export const SftpLogin = z.strictObject({
  /** Their public keys, each a line as in `authorized_keys`: two while they change theirs. */
  publicKeys: z
    .array(z.string().regex(/^(ssh-|ecdsa-|sk-)[A-Za-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?$/, 'a line of authorized_keys'))
    .min(1)
    .max(10),
});
