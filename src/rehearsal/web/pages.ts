import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FastifyReply } from 'fastify';
import nunjucks from 'nunjucks';
import type { Clock } from '../../kernel/clock.ts';
import { inWords } from '../../kernel/time-words.ts';

export const ZONE = 'Europe/London';

/** Draws a page of the rehearsal world in the NHS look, under a strict content security policy. */
export interface Pages {
  show(reply: FastifyReply, template: string, facts: Readonly<Record<string, unknown>>, status?: number): FastifyReply;
}

export function createPages(clock: Clock): Pages {
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([PAGES, NHSUK]), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  environment.addFilter('when', (instant: Temporal.Instant) => inWords(instant, ZONE));
  environment.addFilter('number', (value: number) => value.toLocaleString('en-GB'));
  return {
    show: (reply, template, facts, status = 200) => {
      const cspNonce = randomBytes(16).toString('base64');
      const html = environment.render(template, { ...facts, cspNonce, now: inWords(clock.now(), ZONE) });
      return reply
        .code(status)
        .header('content-security-policy', policy(cspNonce))
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(html);
    },
  };
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    `script-src 'self' 'nonce-${nonce}'`,
    "manifest-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const PAGES = fileURLToPath(new URL('../pages', import.meta.url));
const NHSUK = fileURLToPath(new URL('../../../node_modules/nhsuk-frontend/dist', import.meta.url));
