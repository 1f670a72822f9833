#!/usr/bin/env node
// Proves that each check can fail: every fixture is the good page with one damage, and must fail
// the check of its name and no other.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkFiles } from './check.mjs';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');
const good = readFileSync(join(fixtures, 'good.html'), 'utf8');
const damages = JSON.parse(readFileSync(join(fixtures, 'damages.json'), 'utf8'));
const limit = 100;

const folder = mkdtempSync(join(tmpdir(), 'tidemark-web-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

function write(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const pages = new Map([['good', { path: write('good.html', good), fails: [] }]]);
for (const [index, { fails, replace, by, repeat = 1 }] of damages.entries()) {
  assert(good.includes(replace), `the good page holds ${replace}`);
  const text = good.replace(replace, () => by.repeat(repeat));
  pages.set(`${fails.join(', ')} (${index})`, { path: write(`damage-${index}.html`, text), fails });
}
const results = await checkFiles([...pages.values()].map((page) => page.path), limit);

for (const [name, { path, fails }] of pages) {
  test(name, () => {
    const failing = [...results.get(path)].filter(([, faults]) => faults.length > 0);
    assert.deepEqual(failing.map(([check]) => check), fails, JSON.stringify(failing));
  });
}

test('every check is proved to fail', () => {
  const checks = [...results.values().next().value.keys()];
  const proved = new Set(damages.flatMap(({ fails }) => fails));
  assert.deepEqual(checks.filter((check) => !proved.has(check)), []);
});
