/** Lays the cards out in three columns, each next one where most room is. `drawCard` comes from draw-teams.js or draw-slack.js. */
globalThis.drawSheet = (title, cards) => {
  const heading = document.createElement('h1');
  heading.textContent = title;
  const columns = [1, 2, 3].map(() => document.createElement('div'));
  const sheet = document.createElement('main');
  sheet.append(...columns);
  document.body.append(heading, sheet);
  for (const { what, code, card } of cards) {
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    const small = document.createElement('code');
    small.textContent = code;
    caption.append(what, ' ', small);
    figure.append(caption, globalThis.drawCard(card));
    columns.toSorted((a, b) => a.offsetHeight - b.offsetHeight)[0].append(figure);
  }
};
