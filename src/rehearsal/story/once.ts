/**
 * A request on a connection of its own. A kept-alive one may be closed by a busy server at the very moment of its next use,
 * and a request that changes something cannot simply be repeated.
 */
export function once(url: string, init: RequestInit & { readonly duplex?: 'half' } = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), connection: 'close' } });
}
