// What hdr-histogram-js reads in the files of histogram_samples, against the
// exact percentiles and against the percentile output of its own.
//
//   node histogram_truth.js FOLDER
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const hdr = require("hdr-histogram-js");

const kCount = 1e6;
const kBound = 0.001; // of the value
const kNsPerMs = 1e6;

const folder = process.argv[2];
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");

function assertNear(value, exact, what) {
  const off = Math.abs(value - exact) / exact;
  assert.ok(off <= kBound, `${what}: ${value} is not ${exact}`);
  return off;
}

// Returns how far off the worst percentile is.
function compareWithSort(name, histogram) {
  assert.strictEqual(histogram.totalCount, kCount);
  const lines = read(`${name}.exact`).trim().split("\n");
  assert.strictEqual(lines.length, 9);
  const offs = lines.map((line) => {
    const [percent, exact] = line.split(" ").map(Number);
    return assertNear(histogram.getValueAtPercentile(percent), exact,
                      `${name} p${percent}`);
  });
  return Math.max(...offs);
}

function readLog(name) {
  const reader = new hdr.HistogramLogReader(read(`${name}.hlog`), 64);
  const sum = hdr.build({bitBucketSize: 64, autoResize: true});
  let intervals = 0;
  for (let next; (next = reader.nextIntervalHistogram()) !== null;) {
    const start = (1772366400 + intervals) * 1000;
    assert.strictEqual(next.startTimeStampMsec, start);
    assert.strictEqual(next.endTimeStampMsec, start + 1000);
    assert.strictEqual(next.totalCount, kCount / 10);
    sum.add(next);
    ++intervals;
  }
  assert.strictEqual(intervals, 10);
  return sum;
}

const rowsOf = (text) =>
  text.split("\n").filter((line) => /^ *[0-9]/.test(line))
    .map((line) => line.trim().split(/ +/).map(Number));

// The same percentiles and counts, and the same values but for rounding.
function compareRows(name, histogram) {
  const ours = rowsOf(read(`${name}.hgrm`));
  const theirs = rowsOf(histogram.outputPercentileDistribution(5, 1));
  assert.ok(ours.length > 50);
  assert.strictEqual(ours.length, theirs.length);
  ours.forEach((row, i) => {
    assertNear(row[0] * kNsPerMs, theirs[i][0], `${name}.hgrm`);
    assert.ok(Math.abs(row[1] - theirs[i][1]) < 1e-11);
    assert.strictEqual(row[2], theirs[i][2]);
  });
}

for (const name of ["lognormal", "pareto", "two_peaked"]) {
  const text = read(`${name}.base64`).trim();
  const histogram = hdr.decodeFromCompressedBase64(text, 64);
  const off = compareWithSort(name, histogram);
  compareWithSort(name, readLog(name));
  compareRows(name, histogram);
  console.log(`${name}: base64, hlog and hgrm agree with hdr-histogram-js; ` +
    `at most ${(100 * off).toFixed(3)} % off an exact sort`);
}
