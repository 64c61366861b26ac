// Evaluates expressions with feelin: JSON lines in (`{expr, inputs}`), JSON lines out. Usage: node feelin.mjs FOLDER,
// where FOLDER is the one that `npm install feelin` was run in. Dates and durations travel as `{date}` and `{duration}`.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.argv[2], 'package.json'));
const { evaluate } = await import(pathToFileURL(require.resolve('feelin')).href);

const made = new Map();

function temporal(text) {
  if (!made.has(text)) made.set(text, evaluate(`@"${text}"`, {}).value);
  return made.get(text);
}

function given(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(given);
  if ('date' in value) return temporal(value.date);
  if ('duration' in value) return temporal(value.duration);
  return Object.fromEntries(Object.entries(value.person).map(([name, one]) => [name, given(one)]));
}

function found(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { other: String(value) };
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(found);
  switch (value.constructor && value.constructor.name) {
    case 'FeelDate': return { date: String(value) };
    case 'FeelDuration': return { duration: String(value) };
    case 'Object': return { person: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, found(one)])) };
    default: return { other: `${value.constructor && value.constructor.name} ${value}` };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { expr, inputs } = JSON.parse(line);
  let answer;
  try {
    const { value, warnings } = evaluate(expr, given({ person: inputs }));
    answer = { value: found(value), warnings: (warnings || []).map(one => one.type) };
  } catch (problem) {
    answer = { value: { other: `error: ${problem.message}` }, warnings: [] };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
