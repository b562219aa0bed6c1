// Translate with Marian compiled to WASM: node translate.cjs FOLDER MODEL VOCABULARY [TARGET VOCABULARY] < texts.json
//
// FOLDER holds the files of worker/ of the npm package @browsermt/bergamot-translator and a package.json that says
// {"type": "commonjs"}. Writes {"texts": […], "seconds": …}, the time without loading and first use.

const {readFileSync} = require("node:fs");
const {join} = require("node:path");
const {Worker} = require("node:worker_threads");

const [folder, model, ...vocabularies] = process.argv.slice(2);
const worker = new Worker(join(folder, "translator-worker.js"));
const waiting = new Map();
let number = 0;

worker.on("message", ({id, result, error}) => {
  const {resolve, reject} = waiting.get(id);
  waiting.delete(id);
  if (error) reject(new Error(error.message));
  else resolve(result);
});
worker.on("error", fail);

function call(name, ...args) {
  return new Promise((resolve, reject) => {
    number += 1;
    waiting.set(number, {resolve, reject});
    worker.postMessage({id: number, name, args});
  });
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

function buffer(path) {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

async function main() {
  const texts = JSON.parse(readFileSync(0, "utf-8")).map((text) => ({text, html: false, qualityScores: false}));
  const pair = {from: "en", to: "ru"};
  await call("initialize", {cacheSize: 0});
  await call("loadTranslationModel", pair, {
    model: buffer(model),
    shortlist: new ArrayBuffer(0),
    vocabs: vocabularies.map(buffer),
    qualityModel: null,
    config: {"gemm-precision": "int8shiftAll"},
  });
  await call("translate", {models: [pair], texts: texts.slice(0, 1)});
  const started = process.hrtime.bigint();
  const found = await call("translate", {models: [pair], texts});
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(JSON.stringify({texts: found.map(({target}) => target.text), seconds}));
  process.exit(0);
}

main().catch(fail);
