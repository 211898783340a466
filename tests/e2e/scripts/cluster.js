// Two workers share one listening socket (SCHED_NONE: the handle itself goes to them); each answers some requests.
const cluster = require('cluster'), http = require('http');

cluster.schedulingPolicy = cluster.SCHED_NONE;

function get(port) {
  return new Promise((done, failed) => {
    http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
      response.on('data', () => {}).on('end', done);
    }).on('error', failed);
  });
}

if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()];
  let listening = 0, gone = 0;
  cluster.on('listening', async (worker, address) => {
    if (++listening < workers.length) return;
    for (let i = 0; i < 6; i++) await get(address.port);
    console.log('six requests answered');
    workers.forEach((each) => each.kill());
  });
  cluster.on('exit', () => {
    if (++gone === workers.length) console.log('workers gone');
  });
} else {
  http.createServer((request, response) => response.end('x')).listen(0, '127.0.0.1');
}
