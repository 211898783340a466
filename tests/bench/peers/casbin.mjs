// casbin under node: casbin.mjs MODULES COUNT. Includes the call's arguments; no marshalling, no other process.
import { createRequire } from 'node:module';
import { measure, requests, rules, verify } from './rules.mjs';

const { newEnforcer, newModelFromString, StringAdapter } = createRequire(process.argv[2] + '/')('casbin');
const count = Number(process.argv[3]);
const model = newModelFromString(`
[request_definition]
r = af, type, protocol
[policy_definition]
p = af, type, protocol, eft
[policy_effect]
e = !some(where (p.eft == deny))
[matchers]
m = r.af == p.af && r.type == p.type && r.protocol == p.protocol
`);
const policy = rules(count).map((rule) => `p, ${rule.af}, ${rule.type}, ${rule.protocol}, deny`);
const enforcer = await newEnforcer(model, new StringAdapter(policy.join('\n')));
const calls = requests.map((request) => [String(request.af), String(request.type), String(request.protocol)]);
verify('casbin', (request) => !enforcer.enforceSync(...calls[requests.indexOf(request)]));
measure(`${count} rules, casbin under node`, (times) => {
  for (let i = 0; i < times; i++) enforcer.enforceSync(...calls[i % calls.length]);
});
