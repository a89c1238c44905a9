// Loaded before the program, in plain JavaScript: an old Node cannot read TypeScript, and would say so in riddles.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 26) {
  process.stderr.write(
    `Changeover needs Node 26, and this is ${process.version}. \`npm ci\` brings Node 26 for Linux, Windows and Apple silicon: ` +
      'run `npm ci`, then use the npm scripts (`npm start`, `npm run -s bsu -- help`). Elsewhere install Node 26 yourself.\n',
  );
  process.exit(2);
}
