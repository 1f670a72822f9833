// What only a browser can tell: accessibility, requests, fonts, reflow, overlapping labels.

import axe from 'axe-core';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  });
}

// Runs in the page. Boxes of texts in charts as they are on the screen, a little smaller than the
// em box in height, since letters do not fill it.
function chartFaults() {
  const faults = [];
  const shrink = 0.15;
  const slack = 0.5;
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) {
      continue;
    }
    const labels = [...svg.querySelectorAll('text')]
      .filter((text) => text.textContent.trim() !== '' && getComputedStyle(text).display !== 'none')
      .map((text) => {
        const box = text.getBBox();
        const matrix = text.getScreenCTM();
        const corners = [[box.x, box.y + box.height * shrink],
          [box.x + box.width, box.y + box.height * (1 - shrink)]]
          .map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
        return {
          words: text.textContent.trim(),
          left: Math.min(corners[0].x, corners[1].x), right: Math.max(corners[0].x, corners[1].x),
          top: Math.min(corners[0].y, corners[1].y), bottom: Math.max(corners[0].y, corners[1].y),
        };
      });
    labels.forEach((label, index) => {
      if (label.left < frame.left - 1 || label.right > frame.right + 1
          || label.top < frame.top - 1 || label.bottom > frame.bottom + 1) {
        faults.push({ check: 'labels inside', text: `"${label.words}" leaves its chart` });
      }
      for (const other of labels.slice(index + 1)) {
        if (Math.min(label.right, other.right) - Math.max(label.left, other.left) > slack
            && Math.min(label.bottom, other.bottom) - Math.max(label.top, other.top) > slack) {
          faults.push({ check: 'labels apart', text: `"${label.words}" overlaps "${other.words}"` });
        }
      }
    });
  }
  return faults;
}

// Runs in the page: every embedded face, used or not, must load.
async function fontFaults() {
  const faces = [...document.fonts];
  if (faces.length === 0) {
    return ['no embedded font'];
  }
  const loaded = await Promise.allSettled(faces.map((face) => face.load()));
  return loaded.flatMap((result, index) => (result.status === 'rejected'
    ? [`${faces[index].family} ${faces[index].weight} does not load`] : []));
}

async function axeFaults(page, scheme) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }));
  return violations.map((violation) => `${violation.id}: ${violation.help}`
    + ` (${violation.nodes.length} times, first ${violation.nodes[0].target.join(' ')})`);
}

// Check -> faults of one file.
export async function browserFaults(browser, file) {
  const context = await browser.newContext({ viewport: WIDE, offline: true });
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const requests = [];
  const complaints = [];
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) {
      requests.push(`asks for ${request.url().slice(0, 120)}`);
    }
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(address, { waitUntil: 'load' });
  const fonts = await page.evaluate(fontFaults);
  const charts = await page.evaluate(chartFaults);
  const scripts = await page.evaluate(() => document.querySelectorAll('script').length);
  await page.setViewportSize(NARROW);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  charts.push(...await page.evaluate(chartFaults));
  await page.setViewportSize(WIDE);
  // What the check itself does from here on must not count.
  const found = new Map([
    ['no requests', [...requests]],
    ['console', [...complaints]],
    ['fonts', fonts],
    ['no script', scripts > 0 ? [`${scripts} script elements`] : []],
    ['reflow', width > NARROW.width ? [`${width} px wide in a window of ${NARROW.width} px`] : []],
    ['labels inside', charts.filter((f) => f.check === 'labels inside').map((f) => f.text)],
    ['labels apart', charts.filter((f) => f.check === 'labels apart').map((f) => f.text)],
    ['axe, light', await axeFaults(page, 'light')],
    ['axe, dark', await axeFaults(page, 'dark')],
  ]);
  await context.close();
  return found;
}
