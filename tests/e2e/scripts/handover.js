// Hands a server, then an accepted socket, to a forked child, which answers on both.
const { fork } = require('child_process'), net = require('net');

function fetch(port) {
  return new Promise((done, failed) => {
    net.connect(port, '127.0.0.1').on('data', (data) => console.log(String(data))).on('close', done)
      .on('error', failed);
  });
}

const listen = (options, onConnection) => new Promise((done) => {
  const server = net.createServer(options, onConnection).listen(0, '127.0.0.1', () => done(server));
});

async function parent() {
  const child = fork(__filename, ['child']);
  const server = await listen({}, () => console.log('not for the parent'));
  child.send('server', server);
  await new Promise((done) => child.once('message', done));
  const { port } = server.address();
  server.close();
  await fetch(port);
  const sockets = await listen({ pauseOnConnect: true }, (socket) => child.send('socket', socket));
  await fetch(sockets.address().port);
  sockets.close();
  child.kill();
}

if (process.argv[2] === 'child') {
  process.on('message', (what, handle) => {
    if (what === 'server') {
      handle.on('connection', (socket) => socket.end('server in the child'));
      process.send('ready');
    } else {
      handle.end('socket in the child');
    }
  });
} else {
  parent();
}
