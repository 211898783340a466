// Serves and fetches over TCP and UDP on loopback, as any program might.
const dgram = require('dgram');
const http = require('http');

const server = http.createServer((request, response) => response.end('hello over TCP'));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, (response) => {
    response.setEncoding('utf8');
    response.on('data', (text) => console.log(`TCP   fetched "${text}" (HTTP ${response.statusCode})`));
    response.on('end', () => server.close());
  });
});

const receiver = dgram.createSocket('udp4');
const sender = dgram.createSocket('udp4');
receiver.on('message', (message, from) => {
  console.log(`UDP   received "${message}" from ${from.address}`);
  receiver.close();
  sender.close();
});
receiver.bind(0, '127.0.0.1', () => sender.send('hello over UDP', receiver.address().port, '127.0.0.1'));
