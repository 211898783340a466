// run.mjs: runs the benchmarks and prints what they measured. Called by scripts/bench.sh, which prepares everything.
//
// Programs that measure a group in one process interleave its cases themselves. Where several programs are compared, they
// run in turn, round after round, and a ratio is the median of the rounds' ratios.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const root = process.cwd();
const work = path.join(root, 'build/bench');
const json = process.argv.includes('--json');
const quick = process.argv.includes('--quick');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null;
const native = path.join(root, 'build/native/tests/bench/engine_bench');
const windows = path.join(root, 'build/mingw-x64/tests/bench');
const rounds = Number(process.env.BENCH_ROUNDS ?? (quick ? 2 : 7));
const figures = []; // {platform, group, name, value, unit, against, ratio}

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const wanted = (group) => !only || group === only;
const say = (text) => process.stderr.write(`${text}\n`);

function run(program, args, options = {}) {
  const output = execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'], ...options });
  return output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}

// Collects figures of several rounds: add(round, figure), then finish(name => name of what it is measured against).
class Rounds {
  values = new Map();
  add(round, figure) {
    if (!this.values.has(figure.name)) this.values.set(figure.name, { figure, samples: [], ratios: [] });
    this.values.get(figure.name).samples[round] = figure.value;
    this.values.get(figure.name).ratios[round] = figure.ratio;
  }
  // A ratio that a program measured itself stands.
  finish(against) {
    for (const [name, { figure, samples, ratios: own }] of this.values) {
      const measured = own.filter(Boolean);
      const other = measured.length ? figure.against : against(name);
      const others = other !== name && this.values.get(other)?.samples;
      const ratios = measured.length ? measured : samples.map((value, round) => value / others?.[round]).filter(Number.isFinite);
      figures.push({
        ...figure,
        value: median(samples.filter((value) => value !== undefined)),
        against: ratios.length ? other : undefined,
        ratio: ratios.length ? median(ratios) : undefined,
      });
    }
  }
}

// Pinned to one core, with the server of Wine that it talks to: where the two are moved between cores, a call costs three
// times as much for as long as that lasts.
const [, core] = /^Cpus_allowed_list:.*?(\d+)$/m.exec(fs.readFileSync('/proc/self/status', 'utf8'));
const pinned = ['-c', core, 'scripts/wine-run.sh'];

// ---- the engine alone ----

const smoke = quick ? ['--rounds', '5', '--sample', '200'] : [];

// Where a process's memory happens to lie makes a call of a small function up to half as dear again, for as long as the
// process lives: several processes, then.
function severalProcesses(name, program, args) {
  const collected = new Rounds();
  for (let round = 0; round < rounds; round++) {
    say(`${name} (${round + 1} of ${rounds})`);
    for (const figure of run(program, args)) collected.add(round, figure);
  }
  collected.finish(() => undefined);
}

function engine() {
  for (const group of ['rules', 'on_socket', 'by hand', 'load', 'reload', 'threads']) {
    if (!wanted(group)) continue;
    const args = ['--only', group, ...smoke];
    if (group === 'on_socket') {
      severalProcesses('engine, native: on_socket', native, args);
      continue;
    }
    say(`engine, native: ${group}`);
    figures.push(...run(native, args));
  }
}

function engineUnderWine() {
  for (const group of ['rules', 'on_socket', 'load']) {
    if (!wanted(group)) continue;
    const args = [...pinned, '--no-lsp', '--', path.join(windows, 'engine_bench.exe'), '--only', group, ...smoke];
    if (group === 'on_socket') {
      severalProcesses('engine, under Wine: on_socket', 'taskset', args);
      continue;
    }
    say(`engine, under Wine: ${group}`);
    figures.push(...run('taskset', args));
  }
}

// Instructions, which no other program on the machine can change.
function instructions() {
  const cases = [
    ['rules', 'no policies'],
    ['rules', '100 rules, all concern the process, none matches'],
    ['rules', '100 rules, all concern the process, none matches, calls never seen before'],
    ['rules', '1000 rules, 10 concern the process, none matches'],
    ['rules', '1000 rules, 10 concern the process, none matches, calls never seen before'],
    ['on_socket', '1 bare lua_pcall, the same request again'],
    ['on_socket', '1 on_socket, the same request again', '1 bare lua_pcall, the same request again'],
    ['on_socket', '1 bare lua_pcall, six requests in turn'],
    ['on_socket', '1 on_socket, six requests in turn', '1 bare lua_pcall, six requests in turn'],
  ];
  if (!wanted('instructions')) return;
  const counted = new Map();
  for (const [group, name, against] of cases) {
    say(`instructions: ${name}`);
    const count = 3000;
    const log = path.join(work, 'callgrind.log');
    execFileSync(
      'valgrind',
      ['--tool=callgrind', '--toggle-collect=bench_measured', `--callgrind-out-file=${work}/callgrind.out`, `--log-file=${log}`,
        native, '--only', group, '--case', name, '--count', String(count)],
      { stdio: 'ignore' },
    );
    const value = Number(/Collected : (\d+)/.exec(fs.readFileSync(log, 'utf8'))[1]) / count;
    counted.set(name, value);
    figures.push({ platform: 'native', group: 'instructions', name, value, unit: 'instructions', against, ratio: against && value / counted.get(against) });
  }
}

// ---- the whole path, under Wine ----

function folder(name, files) {
  const at = path.join(work, 'policies', name);
  fs.rmSync(at, { recursive: true, force: true });
  fs.mkdirSync(at, { recursive: true });
  for (const [file, text] of files) fs.writeFileSync(path.join(at, file), text);
  return at;
}

const rule = (i) =>
  `rule { af = ${['AF_INET', 'AF_INET6'][Math.floor(i / 3) % 2]}, type = ${['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW'][i % 3]}, ` +
  `protocol = ${100 + (i % 150)}, verdict = reject(WSAEACCES) }\n`;
const rulesOf = (count) => folder(`rules-${count}`, [['10-rules.lua', Array.from({ length: count }, (_, i) => rule(i)).join('')]]);
const filesOf = (count) => folder(`files-${count}`, Array.from({ length: count }, (_, i) => [`${String(i).padStart(4, '0')}.lua`, rule(i)]));

// A configuration: its name, options of wine-run, more arguments of the program.
function compare(group, configurations, args, against, times) {
  const collected = new Rounds();
  for (let round = 0; round < times; round++)
    for (const [name, options, more = []] of configurations) {
      say(`${group}, under Wine: ${name} (${round + 1} of ${times})`);
      for (const figure of run('taskset', [...pinned, ...options, '--', path.join(windows, 'winsock_bench.exe'), ...args, ...more]))
        collected.add(round, { ...figure, group, name: `${figure.name}, ${name}`, against: figure.against && `${figure.against}, ${name}` });
    }
  collected.finish((name) => {
    const what = configurations.map(([one]) => one).find((one) => name.endsWith(`, ${one}`));
    return name.slice(0, -what.length) + against;
  });
}

function winsock() {
  const passThrough = path.join(root, 'build/mingw-x64/tests/winsock/dll/pass_through.dll');
  if (wanted('winsock'))
    compare(
      'winsock',
      [
        ['no layer', ['--no-lsp']],
        ['a layer that passes everything on', ['--layer', passThrough]],
        ['Sockwarden, 0 rules', ['--policies', rulesOf(0)]],
        ['Sockwarden, 100 rules', ['--policies', rulesOf(100)]],
        ['Sockwarden, 1000 rules', ['--policies', rulesOf(1000)]],
      ],
      [],
      'no layer',
      rounds,
    );
  if (wanted('cold start'))
    compare(
      'cold start',
      [
        ['no layer', ['--no-lsp']],
        ...[0, 10, 100, 1000].map((count) => [
          `Sockwarden, ${count} policy files`,
          ['--policies', filesOf(count)],
          count ? ['--read', `Z:${filesOf(count).replaceAll('/', '\\')}`] : [],
        ]),
      ],
      ['--first'],
      'no layer',
      rounds,
    );
}

// ---- peers ----

async function started(program, args, options, ready) {
  const child = spawn(program, args, { stdio: 'ignore', ...options });
  for (let i = 0; i < 100 && !ready(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  return child;
}

// dnsdist's own measurement, asked for over its console.
function dnsdist(count, options) {
  const said = execFileSync(
    'dnsdist',
    ['-C', 'tests/bench/peers/dnsdist.lua', '-c', `127.0.0.1:${Number(options.env.DNSDIST_PORT) + 1}`, '-e', `benchRule(rules(${count}), ${Math.max(2000, 2e6 / count)})`],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], ...options },
  );
  const [, queries, took] = /out of (\d+), .*in ([\d.]+) usec/.exec(said);
  return { platform: 'native', group: 'peers', name: `${count} rules, dnsdist`, value: (Number(took) * 1000) / Number(queries), unit: 'ns' };
}

async function peers() {
  if (!wanted('peers')) return;
  const modules = path.join(work, 'node');
  const at = (name) => path.join('tests/bench/peers', name);
  const socket = path.join(work, 'redis.sock');
  fs.rmSync(socket, { force: true });
  const redis = await started('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', work], {}, () => fs.existsSync(socket));
  const options = { env: { ...process.env, DNSDIST_PORT: '5398', DNSDIST_KEY: randomBytes(32).toString('base64') } };
  const dns = spawn('dnsdist', ['-C', at('dnsdist.lua'), '--supervised', '--disable-syslog'], { stdio: 'ignore', ...options });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const collected = new Rounds();
  try {
    for (let round = 0; round < rounds; round++) {
      say(`peers (${round + 1} of ${rounds})`);
      const add = (list) => list.forEach((figure) => collected.add(round, { ...figure, group: 'peers' }));
      add(run(native, ['--only', 'by hand', '--rounds', '5', '--sample', '300']));
      for (const count of [10, 100, 1000].map(String)) {
        add(run('luajit', [at('by_hand.lua'), 'LuaJIT', count]));
        add(run('node', [at('casbin.mjs'), modules, count]));
        add(run('node', [at('cedar.mjs'), modules, count]));
        add(run('node', [at('redis.mjs'), socket, count]));
        add([dnsdist(Number(count), options)]);
      }
    }
  } finally {
    redis.kill();
    dns.kill();
  }
  collected.finish((name) => `${name.split(' ')[0]} rules, Sockwarden`);
}

// ---- telling ----

function show(value, unit) {
  if (unit === 'ns' && value >= 1e6) return `${(value / 1e6).toFixed(2)} ms`;
  if (unit === 'ns' && value >= 1e4) return `${(value / 1e3).toFixed(1)} us`;
  return `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${unit}`;
}

function table() {
  let heading = '';
  for (const { platform, group, name, value, unit, against, ratio } of figures) {
    const now = `${group} (${platform})`;
    if (now !== heading) console.log(`\n== ${(heading = now)}`);
    const compared = ratio ? `${ratio.toFixed(ratio < 10 ? 3 : 0).padStart(8)} x ${against}` : '';
    console.log(`${show(value, unit).padStart(18)}  ${name.padEnd(76)} ${compared}`.trimEnd());
  }
}

fs.mkdirSync(work, { recursive: true });
engine();
instructions();
engineUnderWine();
winsock();
await peers();
if (json) console.log(JSON.stringify(figures, null, 1));
else table();
