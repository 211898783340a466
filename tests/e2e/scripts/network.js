// Serves and fetches over TCP, UDP and HTTP inside one process, and prints what came.
const net = require('net'), dgram = require('dgram'), http = require('http');

const once = (start) => new Promise(start);

async function tcp(address) {
  await once((done, failed) => {
    const server = net.createServer((client) => client.end(`hello ${client.remoteFamily}`));
    server.listen(0, address, () => {
      net.connect(server.address().port, address)
        .on('data', (data) => console.log('tcp', String(data)))
        .on('close', () => server.close(done))
        .on('error', failed);
    }).on('error', failed);
  });
}

async function udp() {
  await once((done, failed) => {
    const server = dgram.createSocket('udp4').on('error', failed);
    const client = dgram.createSocket('udp4').on('error', failed);
    server.on('message', (message, from) => {
      console.log('udp', String(message), from.address);
      client.close();
      server.close(done);
    });
    server.bind(0, '127.0.0.1', () => client.send('ping', server.address().port, '127.0.0.1'));
  });
}

async function web() {
  await once((done, failed) => {
    const server = http.createServer((request, response) => {
      let size = 0;
      request.on('data', (data) => { size += data.length; })
        .on('end', () => response.end(`got ${size} ${'x'.repeat(1e6)}`));
    });
    server.listen(0, '127.0.0.1', () => {
      const options = { port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false };
      const request = http.request(options, (response) => {
        let size = 0;
        response.on('data', (data) => { size += data.length; }).on('end', () => {
          console.log('http', response.statusCode, size);
          server.close(done);
        });
      });
      request.on('error', failed).end(Buffer.alloc(3e6));
    });
  });
}

(async () => {
  await tcp('127.0.0.1');
  await tcp('::1');
  await udp();
  await web();
})().catch((error) => {
  console.log('failed', error.code);
  process.exit(1);
});
