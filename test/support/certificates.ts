import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Creates a certificate for a name, valid for two days.
 *
 * @param subjectAltName as OpenSSL writes it, such as `DNS:hooks.example.org` or `IP:127.0.0.1`
 * @param issuer signs it; it is self-signed without one
 */
function createCertificate(subjectAltName: string, issuer?: Certificate): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'postern-certificate-'));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-subj', '/CN=Postern test', '-addext', `subjectAltName=${subjectAltName}`, '-days', '2'],
        ...(issuer ? ['-CA', write('ca.pem', issuer.cert), '-CAkey', write('ca-key.pem', issuer.key)] : []),
        ...['-keyout', key, '-out', cert],
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A self-signed certificate for a host name. */
export const selfSigned = (name: string): Certificate => createCertificate(`DNS:${name}`);

/** A certificate authority. Programs trust it only if a test makes them. */
export interface Authority {
  /** Its certificate, as PEM. */
  readonly cert: string;
  /** Issues a certificate, such as for `DNS:hooks.example.org`. */
  issue(subjectAltName: string): Certificate;
}

/** Creates a certificate authority. */
export function newAuthority(): Authority {
  const root = createCertificate('DNS:authority.example.org');
  return { cert: root.cert, issue: (subjectAltName) => createCertificate(subjectAltName, root) };
}
