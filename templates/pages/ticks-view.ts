import type { PlanTicksFacts } from '../../src/domain/plan-answers.ts';
import { counted, inWords } from '../../src/kernel/time-words.ts';

/** The tick sheet as it is printed: grouped as the screen is, a box for each tick and none for what a site's tick covers. */
export function ticksView(facts: PlanTicksFacts) {
  const { sheet, names, zone } = facts;
  const called = (code: string) => (names[code] === undefined ? code : `${names[code]} (${code})`);
  const looked = new Map(facts.compared.map((one) => [`${one.organisation}/${one.site}`, one]));
  return {
    title: `Tick sheet of ${facts.planName.toLowerCase()}`,
    number: facts.number,
    code: facts.code,
    stateWords: facts.stateWords,
    to: `${facts.toAsid}${facts.toOrganisation === null ? '' : ` in ${facts.toOrganisation}`}`,
    at: inWords(facts.at, zone),
    total: `${counted(sheet.ticks, 'tick')} for ${counted(sheet.services, 'service')}`,
    organisations: sheet.organisations.map(({ organisation, services, ticks, sites }) => ({
      name: called(organisation),
      summary: `${counted(services, 'service')}, ${counted(ticks, 'tick')}`,
      sites: sites.map((site) => {
        const look = looked.get(`${organisation}/${site.site}`);
        return {
          code: site.site,
          organisation,
          name: called(site.site),
          whole: site.whole,
          compared: look === undefined ? '' : `compared with the screen by ${look.by}, ${inWords(look.at, zone)}`,
          summary: `${counted(site.services.length, 'service')}, ${counted(site.ticks, 'tick')}`,
          services: site.services,
        };
      }),
    })),
    testServices: facts.testServices.map((one) => ({ ...one, site: called(one.site) })),
  };
}
