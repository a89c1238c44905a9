import { createServer, type Socket } from 'node:net';

/**
 * A bare SMTP sink, a process of its own: takes everything, keeps nothing but a count. Prints its port; a line on standard
 * input answers with the count so far and begins anew.
 */
let received = 0;
const server = createServer((socket) => converse(socket));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
});
process.stdin.on('data', () => {
  process.stdout.write(`${received}\n`);
  received = 0;
});
process.stdin.on('end', () => process.exit(0));

const DOT = Buffer.from('\r\n.\r\n');

function converse(socket: Socket): void {
  let rest: Buffer = Buffer.alloc(0);
  let inData = false;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.write('220 sink.example ESMTP\r\n');
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let answer = '';
    for (;;) {
      const end = inData ? rest.indexOf(DOT) : rest.indexOf('\r\n');
      if (end === -1) break;
      if (inData) {
        received++;
        answer += '250 kept\r\n';
        inData = false;
        rest = rest.subarray(end + DOT.length);
        continue;
      }
      const command = rest.toString('latin1', 0, Math.min(end, 4)).toUpperCase();
      rest = rest.subarray(end + 2);
      inData = command === 'DATA';
      answer += REPLIES[command] ?? '250 fine\r\n';
      if (command === 'QUIT') socket.end(answer);
    }
    if (answer !== '' && socket.writable) socket.write(answer);
  });
}

const REPLIES: Readonly<Record<string, string>> = {
  EHLO: '250-sink.example\r\n250-8BITMIME\r\n250-SIZE 35882577\r\n250 PIPELINING\r\n',
  DATA: '354 go on\r\n',
  QUIT: '221 bye\r\n',
};
