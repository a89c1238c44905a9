import type { Client as ApiClient } from '@microsoft/teams.api';
import type { App } from '@microsoft/teams.apps';

/** The Bot Connector behind the serviceUrl of an activity that the guard let in. */
export type TeamsApiFor = (serviceUrl: string) => ApiClient;

const MOST_CLIENTS = 50;

/** One client a serviceUrl: `app.send` would ignore the activity's own. */
export function apiFor(app: App): TeamsApiFor {
  const clients = new Map<string, ApiClient>();
  return (serviceUrl) => {
    const known = clients.get(serviceUrl);
    if (known) return known;
    if (clients.size >= MOST_CLIENTS) clients.clear();
    const client = app.api.clone({ serviceUrl });
    clients.set(serviceUrl, client);
    return client;
  };
}
