// ffmpeg.js FFMPEG.exe STEP...: has ffmpeg (plain sockets and select) fetch over HTTP and HTTPS, accept over TCP and send over UDP,
// in both families, with node at the other end. Prints whether what passed arrived whole, or what ffmpeg said and how it
// ended. https wants key.pem and cert.pem in the working directory.
const { spawn } = require('child_process'), { createHash } = require('crypto');
const dgram = require('dgram'), fs = require('fs'), http = require('http'), https = require('https'), net = require('net');

const program = process.argv[2], sound = Buffer.from(Array.from({ length: 16000 }, (_, i) => (i * i) >> 3 & 255));
const loopback = { 4: '127.0.0.1', 6: '::1' }, inUrl = { 4: '127.0.0.1', 6: '[::1]' };
const md5 = (data) => `MD5=${createHash('md5').update(data).digest('hex')}`;
const raw = ['-f', 's16le', '-ar', '8000', '-ac', '1'];

const until = (emitter, event) => new Promise((done) => emitter.once(event, done));

// Runs ffmpeg; what it prints and how it ends, without what differs from run to run.
function ffmpeg(args, input) {
  const child = spawn(program, ['-v', 'error', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let digest = '', said = '';
  child.stdout.on('data', (piece) => { digest += piece; });
  child.stderr.on('data', (piece) => { said += piece; });
  child.stdin.on('error', () => {}).end(input);
  // Not 'close' alone: where ffmpeg is the first to load user32, Wine starts its desktop from it, which keeps the pipes open.
  const closed = until(child, 'close');
  return until(child, 'exit').then(async (status) => {
    await Promise.race([closed, new Promise((done) => setTimeout(done, 1000))]);
    const lines = said.replace(/\[\w+ @ \w+\] /g, '').replace(/:\d+(?=[\s:/?])/g, ':PORT').trim().split(/\r?\n/);
    if (digest.trim() !== md5(sound)) return `${lines.join(' | ')} (status ${status})`;
    return said ? `all came, after: ${lines[0]}` : 'all came';
  });
}

const digest = (url) => ffmpeg([...raw, '-i', url, '-c', 'copy', '-f', 'md5', '-']);

async function served(module, options, scheme, version) {
  const server = module.createServer(options, (request, response) => response.end(sound)).listen(0, loopback[version]);
  await until(server, 'listening');
  const said = await digest(`${scheme}://${inUrl[version]}:${server.address().port}/sound`);
  server.close();
  return said;
}

// A port nobody has: ffmpeg cannot be asked which one it got.
async function freePort(version) {
  const server = net.createServer().listen(0, loopback[version]);
  await until(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function accepted(version) {
  const port = await freePort(version);
  const said = digest(`tcp://${inUrl[version]}:${port}?listen`);
  let ended = false;
  said.then(() => { ended = true; });
  // Again until ffmpeg listens.
  while (!ended) {
    const client = net.connect(port, loopback[version]).on('error', () => {});
    client.on('connect', () => client.end(sound));
    await until(client, 'close');
    await new Promise((done) => setTimeout(done, 50));
  }
  return said;
}

async function sent(version) {
  const pieces = [], receiver = dgram.createSocket(`udp${version}`).bind(0, loopback[version]);
  await until(receiver, 'listening');
  let size = 0;
  const all = new Promise((done) => receiver.on('message', (piece) => {
    pieces.push(piece);
    size += piece.length;
    if (size === sound.length) done('all came');
  }));
  const url = `udp://${inUrl[version]}:${receiver.address().port}?pkt_size=1000`;
  const said = await ffmpeg([...raw, '-i', 'pipe:0', '-c', 'copy', ...raw, url], sound);
  // It says nothing where all went well.
  const result = said === ' (status 0)' ? await all : said;
  receiver.close();
  return result === 'all came' && !Buffer.concat(pieces).equals(sound) ? 'something else came' : result;
}

// Two outputs, UDP and standard output, of which the first may fail: "onfail: ... ignore will continue with the other slave
// muxers" (FFmpeg, tee).
async function teed() {
  const receiver = dgram.createSocket('udp4').bind(0, loopback[4]);
  await until(receiver, 'listening');
  const udp = `[f=s16le:onfail=ignore]udp\\://127.0.0.1\\:${receiver.address().port}?pkt_size=1000`;
  const said = await ffmpeg([...raw, '-i', 'pipe:0', '-map', '0', '-c', 'copy', '-f', 'tee', `${udp}|[f=md5]pipe\\:1`], sound);
  receiver.close();
  return said;
}

const identity = () => ({ key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') });

const steps = {
  http4: () => served(http, {}, 'http', 4),
  http6: () => served(http, {}, 'http', 6),
  https: () => served(https, identity(), 'https', 4),
  listen4: () => accepted(4),
  listen6: () => accepted(6),
  udp4: () => sent(4),
  udp6: () => sent(6),
  tee: teed,
};

(async () => {
  const chosen = process.argv.slice(3);
  for (const step of chosen.length > 0 ? chosen : Object.keys(steps)) console.log(`${step}: ${await steps[step]()}`);
})();
