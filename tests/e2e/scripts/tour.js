// tour.js STEP...: walks through what node can do with sockets and prints a line for each step: what came, or the error's
// system call and code. No port, version or timing shows, so two runs may be compared. Runs on node 12 and later.
//
// STEP@PROGRAM.exe takes the step in a child process that runs that program, from this program's own folder.
// https wants key.pem and cert.pem in the working directory.
const { fork } = require('child_process'), cluster = require('cluster'), dgram = require('dgram'), dns = require('dns');
const fs = require('fs'), http = require('http'), https = require('https'), net = require('net'), path = require('path');

const patience = 30000;
const loopback = { 4: '127.0.0.1', 6: '::1' };

// Fails where nothing comes at all.
const promise = (start) => new Promise((done, failed) => {
  setTimeout(() => failed({ syscall: 'nothing', code: 'came' }), patience).unref();
  start(done, failed);
});

const listening = (server, ...where) => promise((done, failed) => {
  server.on('error', failed).listen(...where, () => done(server));
});

// What is sent to the port until the other side ends, as one buffer.
const fetched = (port, host, sent) => promise((done, failed) => {
  const pieces = [];
  net.connect(port, host).on('data', (piece) => pieces.push(piece)).on('end', () => done(Buffer.concat(pieces)))
    .on('error', failed).end(sent);
});

async function tcp(version) {
  let peer;
  const server = await listening(net.createServer({ allowHalfOpen: true }, (socket) => {
    peer = socket.remoteFamily;
    socket.pipe(socket);
  }), 0, loopback[version]);
  const sent = Buffer.alloc(1e6, 'tcp'), came = await fetched(server.address().port, loopback[version], sent);
  server.close();
  return `${came.equals(sent) ? 'all' : 'not'} ${came.length} bytes came back from ${peer}`;
}

const udp = (version) => promise((done, failed) => {
  const type = `udp${version}`, server = dgram.createSocket(type), client = dgram.createSocket(type);
  const close = (after) => (value) => {
    for (const socket of [server, client]) {
      try { socket.close(); } catch (error) { /* never bound */ }
    }
    after(value);
  };
  server.on('error', close(failed)).on('message', (message, from) => {
    server.send(`${message}, pong`, from.port, from.address);
  });
  client.on('error', close(failed)).on('message', (message, from) => {
    close(done)(`"${message}" from ${from.family} ${from.address}`);
  });
  server.bind(0, loopback[version], () => client.send('ping', server.address().port, loopback[version]));
});

async function web(module, options) {
  const server = await listening(module.createServer(options, (request, response) => {
    let size = 0;
    request.on('data', (data) => { size += data.length; }).on('end', () => response.end(`got ${size} ${'x'.repeat(1e6)}`));
  }), 0, loopback[4]);
  const answer = await promise((done, failed) => {
    const target = { port: server.address().port, host: loopback[4], method: 'POST', agent: false };
    module.request({ ...target, ca: options.cert, servername: 'localhost' }, (response) => {
      let size = 0;
      response.on('data', (data) => { size += data.length; }).on('end', () => done(`${response.statusCode}, ${size} bytes`));
    }).on('error', failed).end(Buffer.alloc(3e6));
  });
  server.close();
  return answer;
}

// A child that runs this script with these arguments.
const child = (program, args) => fork(__filename, args, {
  execPath: program ? path.join(path.dirname(process.execPath), program) : process.execPath,
});

const message = (from) => promise((done, failed) => {
  from.once('message', done).once('exit', (status) => failed({ syscall: 'child', code: `ended with ${status}` }));
});

const steps = {
  localhost: () => promise((done, failed) => dns.lookup('localhost', { all: true }, (error, found) => {
    if (error) failed(error);
    else done(found.map((each) => each.address).sort().join(' '));
  })),

  tcp4: () => tcp(4),
  tcp6: () => tcp(6),
  // Nobody listens there.
  connect6: () => fetched(1, loopback[6], ''),
  udp4: () => udp(4),
  udp6: () => udp(6),
  http: () => web(http, {}),
  https: () => web(https, { key: fs.readFileSync('key.pem'), cert: fs.readFileSync('cert.pem') }),

  // Without a host: "the unspecified IPv6 address (::) when IPv6 is available, or the unspecified IPv4 address (0.0.0.0)
  // otherwise" (Node.js, server.listen).
  async anywhere() {
    const server = await listening(net.createServer((socket) => socket.end('hello')), 0);
    const { address, port } = server.address(), said = await fetched(port, loopback[4], '');
    server.close();
    return `${said} through ${address}`;
  },

  // Two workers share one listening socket, the handle itself.
  async cluster() {
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupMaster({ exec: __filename, args: ['serve in a cluster'] });
    const workers = [cluster.fork(), cluster.fork()];
    const gone = Promise.all(workers.map((each) => new Promise((done) => each.on('exit', done))));
    const ports = await Promise.all(workers.map((each) => promise((done, failed) => {
      each.on('listening', (address) => done(address.port)).on('message', failed);
    })));
    let answers = 0;
    for (let i = 0; i < 6; i++) answers += String(await fetched(ports[0], loopback[4], '')) === 'worker';
    workers.forEach((each) => each.kill());
    await gone;
    return `${answers} answers, ${ports[0] === ports[1] ? 'one port' : 'two ports'}`;
  },

  // A listening server is handed to a child, which accepts.
  async 'handed server'(program) {
    const receiver = child(program, ['receive a handle']);
    const refused = new Promise((done) => receiver.on('message', ({ error }) => error && done(error)));
    try {
      const server = await listening(net.createServer((socket) => socket.end('the parent')), 0, loopback[4]);
      receiver.send({}, server);
      await message(receiver);
      const { port } = server.address();
      server.close();
      return String(await Promise.race([fetched(port, loopback[4], '').catch(() => refused), refused]));
    } finally {
      receiver.kill();
    }
  },

  // An accepted socket is handed to a child, which answers.
  async 'handed socket'(program) {
    const receiver = child(program, ['receive a handle']);
    const gone = new Promise((done, failed) => {
      receiver.on('exit', (status) => failed({ syscall: 'child', code: `ended with ${status}` }));
    });
    gone.catch(() => {});
    const server = net.createServer({ pauseOnConnect: true }, (socket) => receiver.send({}, socket));
    try {
      await listening(server, 0, loopback[4]);
      return String(await Promise.race([fetched(server.address().port, loopback[4], ''), gone]));
    } finally {
      server.close();
      receiver.kill();
    }
  },
};

const code = (error) => (error.code ? `${error.syscall} ${error.code}` : error.stack);

const attempt = (step, program) => steps[step](program).catch(code);

const roles = {
  'serve in a cluster': () => {
    net.createServer((socket) => socket.end('worker')).on('error', (error) => process.send(error))
      .listen(0, loopback[4]);
  },
  'receive a handle': () => process.on('message', (what, handle) => {
    if (handle instanceof net.Server) {
      handle.on('error', (error) => process.send({ error: code(error) }))
        .on('connection', (socket) => socket.end('the child'));
      process.send({});
    } else {
      handle.end('the child');
    }
  }),
  step: async (step) => process.send(await attempt(step)),
};

async function take(argument) {
  const [step, program] = argument.split('@');
  if (!program || step.startsWith('handed')) return attempt(step, program);
  const taker = child(program, ['step', step]);
  const said = await message(taker).catch(code);
  taker.kill();
  return said;
}

(async () => {
  const [first, ...rest] = process.argv.slice(2);
  if (roles[first]) return roles[first](...rest);
  for (const argument of first ? [first, ...rest] : Object.keys(steps)) {
    console.log(`${argument}: ${await take(argument)}`);
  }
  process.exit(0);
})();
