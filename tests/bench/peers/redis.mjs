// Redis: redis.mjs SOCKET COUNT. EVALSHA of the rules as one if-chain, one request at a time over a Unix socket, from
// node: includes both processes, the protocol and its parsing.
import net from 'node:net';
import { print, requests, rules } from './rules.mjs';

const count = Number(process.argv[3]);
const socket = net.connect(process.argv[2]);
let answered;
socket.on('data', (data) => answered(data.toString()));
function command(...words) {
  const answer = new Promise((resolve) => (answered = resolve));
  socket.write(`*${words.length}\r\n` + words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join(''));
  return answer;
}

const script =
  'local af, type, protocol = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])\n' +
  rules(count)
    .map(({ af, type, protocol }) => `if af == ${af} and type == ${type} and protocol == ${protocol} then return 10013 end\n`)
    .join('') +
  'return 0';
const sha = (await command('SCRIPT', 'LOAD', script)).split('\r\n')[1];
const calls = requests.map((request) => ['EVALSHA', sha, '0', String(request.af), String(request.type), String(request.protocol)]);
for (const [i, call] of calls.entries()) {
  const answer = await command(...call);
  if (answer !== (i === 5 ? ':10013\r\n' : ':0\r\n')) throw new Error(`redis: ${answer}`);
}
const samples = [];
for (let i = 0; i < 5; i++) {
  const start = process.hrtime.bigint();
  for (let n = 0; n < 600; n++) await command(...calls[n % calls.length]);
  samples.push(Number(process.hrtime.bigint() - start) / 600);
}
print(`${count} rules, Redis EVALSHA over a Unix socket`, samples.sort((a, b) => a - b)[2]);
socket.end();
