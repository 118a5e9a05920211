// Runs Azurite as a child of tfflow: it ends when standard input closes, however its parent ended.
'use strict';

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Node.js ${process.versions.node} is too old: install 20 or later.`);
  process.exit(1);
}

const diagnostics = require('diagnostics_channel');

// Writes in flight, and the servers they came to: Azurite closes its files without waiting for them.
const servers = new Set();
let inFlight = 0;
let drained = () => {};

diagnostics.subscribe('http.server.request.start', ({ request, response, server }) => {
  servers.add(server);
  if (['GET', 'HEAD'].includes(request.method)) {
    return;
  }

  inFlight++;
  response.once('close', () => {
    if (--inFlight === 0) {
      drained();
    }
  });
});

// Azurite registers its stop on the signals. Ctrl-C reaches the whole terminal; when to stop is the parent's to say.
const once = process.once;
let stopAzurite;
process.once = function (event, handler) {
  if (event === 'SIGTERM') {
    stopAzurite = handler;
    process.stdout.write('ready\n');
  }

  return ['SIGTERM', 'SIGINT', 'message'].includes(event) ? process : once.call(process, event, handler);
};

let stopping = false;
async function stop() {
  if (stopping) {
    return;
  }

  stopping = true;
  if (!stopAzurite) {
    process.exit(0); // Not serving yet: nothing to save.
  }

  for (const server of servers) {
    server.close();
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.writeHead(503, { Connection: 'close' }).end());
  }

  if (inFlight > 0) {
    await new Promise(resolve => { drained = resolve; setTimeout(resolve, 10000).unref(); });
  }

  servers.forEach(server => server.closeAllConnections());
  process.stdin.destroy();
  stopAzurite();
}

process.on('SIGTERM', stop);
for (const signal of ['SIGINT', 'SIGHUP']) {
  process.on(signal, () => {});
}

// A parent that was killed reads no more: what Azurite says while it saves must not end it.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
process.stdin.on('end', stop).on('error', stop).resume();

require('azurite/dist/src/azurite.js');
