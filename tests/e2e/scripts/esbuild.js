// esbuild.js ESBUILD.exe HOST...: runs esbuild's development server (a Go program) on each host, fetches a file from it,
// and prints what came, or what the server said and how it ended. Serves the working directory.
const { spawn } = require('child_process'), http = require('http');

// esbuild serves until its standard input ends.
function serve(program, host) {
  return new Promise((done) => {
    const server = spawn(program, ['--servedir=.', `--serve=${host}:0`, '--log-level=info'], { stdio: 'pipe' });
    let said = '';
    const hear = (piece) => {
      said += piece;
      const address = /Local: +(http:\S+:\d+)\//.exec(said);
      if (!address || server.address) return;
      server.address = address[1];
      done(server);
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('close', (status) => {
      server.said = `${said.replace(/\s+/g, ' ').trim().replace(/:\d+:/, ':PORT:')} (status ${status})`;
      done(server);
    });
  });
}

const fetched = (url) => new Promise((done, failed) => {
  http.get(url, { agent: false }, (response) => {
    let body = '';
    response.on('data', (data) => { body += data; }).on('end', () => done(`${response.statusCode} "${body.trim()}"`));
  }).on('error', failed);
});

(async () => {
  const [program, ...hosts] = process.argv.slice(2);
  for (const host of hosts) {
    const server = await serve(program, host);
    if (server.said) {
      console.log(`${host || 'no host'}: ${server.said}`);
      continue;
    }
    console.log(`${host || 'no host'}: ${await fetched(`${server.address}/hello.txt`)}`);
    server.stdin.end();
    await new Promise((done) => server.on('close', done));
  }
})();
