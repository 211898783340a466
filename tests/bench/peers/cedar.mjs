// Cedar (WebAssembly) under node: cedar.mjs MODULES COUNT. Policies are parsed beforehand; includes what its JavaScript
// interface does with each request (from objects to Cedar's own and back).
import { createRequire } from 'node:module';
import { measure, requests, rules, verify } from './rules.mjs';

const cedar = createRequire(process.argv[2] + '/')('@cedar-policy/cedar-wasm/nodejs');
const count = Number(process.argv[3]);
const policies =
  'permit(principal, action, resource);\n' +
  rules(count)
    .map(
      ({ af, type, protocol }) =>
        `forbid(principal, action, resource) when { context.af == ${af} && context.type == ${type} && context.protocol == ${protocol} };`,
    )
    .join('\n');
const parsed = cedar.preparsePolicySet('rules', { staticPolicies: policies });
if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));
const calls = requests.map((context) => ({
  principal: { type: 'App', id: 'bench.exe' },
  action: { type: 'Action', id: 'socket' },
  resource: { type: 'Socket', id: 'new' },
  context,
  preparsedPolicySetId: 'rules',
  entities: [],
}));
verify('cedar', (request) => {
  const answer = cedar.statefulIsAuthorized(calls[requests.indexOf(request)]);
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer));
  return answer.response.decision === 'deny';
});
measure(`${count} rules, Cedar (WebAssembly) under node`, (times) => {
  for (let i = 0; i < times; i++) cedar.statefulIsAuthorized(calls[i % calls.length]);
});
