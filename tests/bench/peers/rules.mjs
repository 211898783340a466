// The rules and requests that all peers are given: those of policies.c. Rule i names a family, a type and a protocol; the
// last one matches raw ICMP, which one request in six is for.
export function rules(count) {
  const list = [];
  for (let i = 0; i < count - 1; i++)
    list.push({ af: [2, 23][Math.floor(i / 3) % 2], type: (i % 3) + 1, protocol: 100 + (i % 150) });
  list.push({ af: 2, type: 3, protocol: 1 });
  return list;
}

export const requests = [
  { af: 2, type: 1, protocol: 6 },
  { af: 2, type: 2, protocol: 17 },
  { af: 23, type: 1, protocol: 6 },
  { af: 23, type: 2, protocol: 17 },
  { af: 2, type: 1, protocol: 6 },
  { af: 2, type: 3, protocol: 1 },
];

// Whether a peer says of each request what Sockwarden says of it: a benchmark of wrong answers would mean nothing.
export function verify(name, rejects) {
  requests.forEach((request, i) => {
    if (rejects(request) !== (i === 5)) throw new Error(`${name} decides wrongly about request ${i}`);
  });
}

// Prints what one call of `run` costs: the median of several samples of about so many milliseconds.
export function measure(name, run, milliseconds = 60) {
  let count = 6;
  for (let took = 0; took < milliseconds / 4; count *= 2) {
    const start = process.hrtime.bigint();
    run(count);
    took = Number(process.hrtime.bigint() - start) / 1e6;
  }
  const samples = [];
  for (let i = 0; i < 5; i++) {
    const start = process.hrtime.bigint();
    run(count);
    samples.push(Number(process.hrtime.bigint() - start) / count);
  }
  print(name, samples.sort((a, b) => a - b)[2]);
}

export function print(name, value) {
  console.log(JSON.stringify({ platform: 'native', group: 'peers', name, value, unit: 'ns' }));
}
