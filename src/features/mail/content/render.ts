import { languageTags, type Locale, type Translated } from '../../../text/locale.js';
import { escapeHtml } from '../../../text/escape-html.js';
import type { AddressedMail } from './mail.js';

/** A rendered mail; text and HTML have the same content. */
export interface RenderedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const greeting: Translated<(username: string) => string> = {
  EN: (username) => `Hello ${username},`,
  ZH: (username) => `${username}，您好：`,
};

const footer: Translated<(host: string) => string> = {
  EN: (host) =>
    `You’re getting this because you have an account at ${host}. Replies aren’t monitored. We never ask for your password or codes by email.`,
  ZH: (host) => `这封邮件与您在 ${host} 的账号有关，请勿直接回复。我们绝不会通过邮件索要您的密码或验证码。`,
};

const colon: Translated<string> = { EN: ':', ZH: '：' };

/** Renders a mail as plain text and as HTML for light and dark mode. The HTML loads no external resources. */
export function renderMail({ to, locale, username, mail }: AddressedMail, publicUrl: string): RenderedMail {
  const opening = greeting[locale](username);
  const closing = footer[locale](new URL(publicUrl).host);
  const { subject, paragraphs, code, action, facts = [], warning } = mail;
  const text = [
    opening,
    ...paragraphs,
    code && `    ${code}`,
    action && `${action.label}${colon[locale]}\n${action.url}`,
    facts.map(([label, value]) => `${label}${colon[locale]}${locale === 'EN' ? ' ' : ''}${value}`).join('\n'),
    warning,
    `-- \n${closing}`,
  ]
    .filter(Boolean)
    .join('\n\n');
  const body = [
    paragraph(opening),
    ...paragraphs.map(paragraph),
    code && `<p class="code">${escapeHtml(code)}</p>`,
    action &&
      `<p><a class="action" href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p><p class="small">${escapeHtml(action.url)}</p>`,
    facts.length > 0 &&
      `<table>${facts.map(([label, value]) => `<tr><th>${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</table>`,
    warning && `<p class="warning">${escapeHtml(warning)}</p>`,
  ]
    .filter(Boolean)
    .join('\n');
  return { to, subject, text: `${text}\n`, html: page(locale, subject, body, closing) };
}

const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;

const page = (locale: Locale, subject: string, body: string, closing: string) => `<!doctype html>
<html lang="${languageTags[locale]}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${style}</style>
</head>
<body><div class="card">
<h1>${escapeHtml(subject)}</h1>
${body}
</div><p class="footer">${escapeHtml(closing)}</p></body>
</html>
`;

const style = `
body { margin: 0; padding: 24px 12px; background: #f3f4f6; color: #1c2430; font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", sans-serif; }
.card { max-width: 520px; margin: 0 auto; padding: 28px 32px; background: #fff; border: 1px solid #dfe3e8; border-radius: 12px; }
h1 { margin: 0 0 16px; font-size: 20px; line-height: 1.3; }
p { margin: 0 0 16px; }
.code { padding: 14px 0; border-radius: 8px; background: #eef2f7; font: 600 30px/1.2 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 6px; text-align: center; }
.action { display: inline-block; padding: 11px 22px; border-radius: 8px; background: #1f4fd8; color: #fff; font-weight: 600; text-decoration: none; }
table { margin: 0 0 16px; border-collapse: collapse; font-size: 14px; }
th { padding: 3px 16px 3px 0; color: #5b6675; font-weight: 400; text-align: left; vertical-align: top; white-space: nowrap; }
td { padding: 3px 0; overflow-wrap: anywhere; }
.warning { padding: 12px 14px; border-left: 3px solid #c2410c; background: #fff4ed; }
.small, .footer { color: #5b6675; font-size: 13px; overflow-wrap: anywhere; }
.footer { max-width: 520px; margin: 16px auto 0; text-align: center; }
@media (prefers-color-scheme: dark) {
  body { background: #12161c; color: #e6e9ee; } .card { background: #1a2028; border-color: #2c343f; } .code { background: #232b36; }
  th, .small, .footer { color: #9aa5b4; } .warning { background: #2d211a; } .action { background: #3d6bf0; }
}
`;
