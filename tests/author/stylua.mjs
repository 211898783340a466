// stylua.mjs STYLUA-FOLDER CONFIGURATION FILE...: says ok or not ok for each file, as `stylua --check` would.
// With FIX=1 in the environment, files are formatted instead.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, configuration, ...files] = process.argv.slice(2);
const stylua = await import(pathToFileURL(join(folder, "stylua_lib_node.mjs")));

const enums = { indent_type: "IndentType", quote_style: "QuoteStyle", call_parentheses: "CallParenType" };
function config() {
  const made = stylua.Config.new();
  for (const line of readFileSync(configuration, "utf8").split("\n")) {
    const match = /^(\w+) = (?:"(\w+)"|(\d+))$/.exec(line);
    if (match) made[match[1]] = match[3] ? Number(match[3]) : stylua[enums[match[1]]][match[2]];
  }
  return made;
}

let differ = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const formatted = stylua.formatCode(text, config(), undefined, stylua.OutputVerification.None);
  if (process.env.FIX) writeFileSync(file, formatted);
  const name = `stylua: ${file.replace(/^.*\/(policies|cli)\//, "$1/")}`;
  differ += formatted !== text;
  console.log(formatted === text ? `ok ${name}` : `not ok ${name}`);
}
process.exit(differ || files.length === 0 ? 1 : 0);
