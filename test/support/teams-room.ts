import { appToken } from '../../src/delivery/channels/teams/app-token.ts';
import { TeamsChannel } from '../../src/delivery/channels/teams/channel.ts';
import type { Installations } from '../../src/ports/installations.ts';
import { FakeTeams, TEAMS_APP, type TeamsMember } from './teams-connector.ts';

export const TEAMS_ROOM = '19:room@thread.tacv2';
export const TEAMS_GROUP = '19:group@thread.v2';

/** Somebody in the stand-in's tenant, by a number. */
export function teamsMember(nth: number, name: string): TeamsMember {
  const aadObjectId = `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
  return { id: `29:member-${nth}`, aadObjectId, name };
}

/** A stand-in for Teams with a channel, a group chat and two people; the first has the app for themselves. */
export async function openTeams(): Promise<{
  readonly teams: FakeTeams;
  readonly lead: TeamsMember;
  readonly deputy: TeamsMember;
}> {
  const teams = await new FakeTeams().start();
  const lead = teamsMember(1, 'The e-RS lead');
  const deputy = teamsMember(2, 'The deputy');
  teams.addConversation(TEAMS_ROOM, 'channel', [lead, deputy]);
  teams.addConversation(TEAMS_GROUP, 'groupChat', [lead, deputy]);
  teams.people.set(lead.aadObjectId, lead);
  return { teams, lead, deputy };
}

/** The real channel, speaking to the stand-in alone. `patience` in milliseconds: short where nobody is to answer. */
export function teamsChannel(
  teams: FakeTeams,
  installations: Installations,
  { origins = [teams.url], patience = 5_000 }: { origins?: readonly string[]; patience?: number } = {},
): TeamsChannel {
  const token = appToken({ ...TEAMS_APP, loginUrl: teams.loginUrl });
  return new TeamsChannel(installations, { token, origins, timeoutMilliseconds: patience });
}
