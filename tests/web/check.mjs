#!/usr/bin/env node
// Checks HTML reports: check.mjs [--limit KILOBYTES] [--quiet] FILE…
// One line for each file and check, faults indented below it, and at the end 'N passed, N failed'.

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { browserFaults, openBrowser } from './browser.mjs';
import { htmlValidate, vnu } from './validate.mjs';

const MOST_FAULTS_SHOWN = 12;

// File -> Map of check -> faults.
export async function checkFiles(files, limitKilobytes) {
  const results = new Map();
  const markup = await vnu(files);
  const browser = await openBrowser();
  try {
    for (const file of files) {
      const { size } = statSync(file);
      results.set(file, new Map([
        ['vnu', markup.get(file)],
        ['html-validate', await htmlValidate(file)],
        ['size', size > limitKilobytes * 1024 ? [`${size} bytes, at most ${limitKilobytes} KB`] : []],
        ...await browserFaults(browser, file),
      ]));
    }
  } finally {
    await browser.close();
  }
  return results;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { limit: { type: 'string', default: '250' }, quiet: { type: 'boolean', default: false } },
  });
  if (positionals.length === 0) {
    console.error('check.mjs [--limit KILOBYTES] [--quiet] FILE…');
    return 2;
  }
  let passed = 0;
  let failed = 0;
  const results = await checkFiles(positionals.map((file) => resolve(file)), Number(values.limit));
  for (const [file, checks] of results) {
    for (const [name, faults] of checks) {
      if (faults.length === 0) {
        passed += 1;
      } else {
        failed += 1;
      }
      if (faults.length > 0 || !values.quiet) {
        console.log(`${file}: ${faults.length === 0 ? 'ok' : 'FAILED'}: ${name}`);
      }
      faults.slice(0, MOST_FAULTS_SHOWN).forEach((fault) => console.log(`    ${fault}`));
      if (faults.length > MOST_FAULTS_SHOWN) {
        console.log(`    … and ${faults.length - MOST_FAULTS_SHOWN} more`);
      }
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main();
}
