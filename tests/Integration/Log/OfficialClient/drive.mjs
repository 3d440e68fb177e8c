// Drives a server with the official client of EventStoreDB: node drive.mjs CONNECTION-STRING PREFIX STREAM
// Ends with 0 when everything was as that client expects it; then prints the events of STREAM, one JSON a line.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  ANY, BACKWARDS, END, EventStoreDBClient, FORWARDS, NO_STREAM, START, STREAM_EXISTS, StreamDeletedError,
  StreamNotFoundError, WrongExpectedVersionError, binaryEvent, eventTypeFilter, jsonEvent, streamNameFilter,
} from "@eventstore/db-client";

const [connection, prefix, written] = process.argv.slice(2);
const client = EventStoreDBClient.connectionString(connection);
const credentials = { username: "admin", password: "changeit" }; // with them it appends by a call of its own

const events = (...names) => names.map((name) => jsonEvent({
  id: randomUUID(), type: "Named", data: { name }, metadata: { by: "the official client" },
}));
const all = async (read) => {
  const found = [];
  for await (const resolved of read) found.push(resolved);
  return found;
};
const names = (found) => found.map(({ event }) => event.data.name);
const until = async (what, done) => {
  for (let i = 0; i < 6000 && !done(); i++) await new Promise((next) => setTimeout(next, 10));
  assert.ok(done(), what);
};

let start;
for (const [way, options] of [["batch", {}], ["single", { credentials }]]) {
  const stream = `${prefix}-${way}`;
  const first = events("a", "b");

  const begun = await client.appendToStream(stream, first, { expectedRevision: NO_STREAM, ...options });
  assert.equal(begun.success, true);
  assert.equal(begun.nextExpectedRevision, 1n);
  start ??= begun.position;
  const again = await client.appendToStream(stream, first, { expectedRevision: NO_STREAM, ...options });
  assert.deepEqual([again.nextExpectedRevision, again.position], [1n, begun.position]);
  await client.appendToStream(stream, events("c"), { expectedRevision: 1n, ...options });
  await client.appendToStream(stream, events("d"), { expectedRevision: STREAM_EXISTS, ...options });
  await client.appendToStream(stream, events("e"), { expectedRevision: ANY, ...options });

  for (const expectedRevision of [NO_STREAM, 1n, 7n]) {
    await assert.rejects(client.appendToStream(stream, events("x"), { expectedRevision, ...options }), (error) => {
      assert.ok(error instanceof WrongExpectedVersionError, String(error));
      assert.equal(error.actualVersion, 4n);
      return true;
    });
  }
  await assert.rejects(
    client.appendToStream(`${stream}-missing`, events("x"), { expectedRevision: 0n, ...options }), (error) => {
      assert.deepEqual([error.constructor, error.actualVersion], [WrongExpectedVersionError, "no_stream"]);
      return true;
    });

  assert.deepEqual(names(await all(client.readStream(stream))), ["a", "b", "c", "d", "e"]);
  assert.deepEqual(names(await all(client.readStream(stream, { fromRevision: 1n, maxCount: 2 }))), ["b", "c"]);
  const back = { direction: BACKWARDS, fromRevision: 3n, maxCount: 2 };
  assert.deepEqual(names(await all(client.readStream(stream, back))), ["d", "c"]);
  assert.deepEqual(
    names(await all(client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 2 }))), ["e", "d"]);
  const [{ event }] = await all(client.readStream(stream, { maxCount: 1 }));
  assert.deepEqual([event.id, event.type, event.revision, event.isJson], [first[0].id, "Named", 0n, true]);
  assert.deepEqual(event.metadata, { by: "the official client" });
}

await assert.rejects(all(client.readStream(`${prefix}-nowhere`)), StreamNotFoundError);
await client.appendToStream(
  `${prefix}-bytes`, binaryEvent({ type: "Bytes", data: Buffer.from([0, 255]) }), { expectedRevision: NO_STREAM });
const [bytes] = await all(client.readStream(`${prefix}-bytes`));
assert.deepEqual([bytes.event.isJson, [...bytes.event.data]], [false, [0, 255]]);

// The log: forwards with what stands at the position, backwards without.
const found = (await all(client.readAll({ fromPosition: start })))
  .filter(({ event }) => event.streamId.startsWith(`${prefix}-`));
assert.equal(found.length, 10);
assert.deepEqual(found[0].event.position, start); // an append answers where the last of its events stands
const third = found[1].event.position;
const behind = await all(client.readAll({ fromPosition: third, maxCount: 2 }));
assert.equal(behind[0].event.id, found[1].event.id);
const before = await all(client.readAll({ fromPosition: third, direction: BACKWARDS, maxCount: 1 }));
assert.ok(before[0].event.position.commit < third.commit);

// Subscriptions: behind what is named, then what comes.
const follow = (subscription) => {
  const seen = [];
  subscription.on("data", ({ event }) => seen.push(event.data.name)).on("error", (error) => seen.push(error));
  return seen;
};
const toStream = client.subscribeToStream(`${prefix}-batch`, { fromRevision: 2n });
const checkpoints = [];
const filter = streamNameFilter({
  prefixes: [`${prefix}-batch`, `${prefix}-live`], maxSearchWindow: 2, checkpointInterval: 1,
  checkpointReached: (_, position) => checkpoints.push(position),
});
const toAll = client.subscribeToAll({ fromPosition: third, filter });
const typed = eventTypeFilter({ regex: "^By" });
const bytesOnly = client.subscribeToAll({ fromPosition: start, filter: typed });
const ofType = [];
bytesOnly.on("data", ({ event }) => ofType.push(event.streamId));
const toNew = client.subscribeToAll({ fromPosition: END, filter: streamNameFilter({ prefixes: [`${prefix}-live`] }) });
let listens = false;
toNew.on("confirmation", () => { listens = true; });
const [inStream, inAll, fresh] = [toStream, toAll, toNew].map(follow);
const caughtUp = () => listens && inStream.length === 2 && inAll.length === 2 && ofType.length > 0;
await until("the subscriptions catch up", caughtUp);
assert.deepEqual(ofType.filter((stream) => stream.startsWith(`${prefix}-`)), [`${prefix}-bytes`]);
await client.appendToStream(`${prefix}-live`, events("f"), { expectedRevision: NO_STREAM });
await client.appendToStream(`${prefix}-batch`, events("g"), { expectedRevision: 4n });
await until("what comes is seen", () => inStream.length === 3 && inAll.length === 4 && fresh.length === 1);
assert.deepEqual([inStream, inAll, fresh], [["d", "e", "g"], ["d", "e", "f", "g"], ["f"]]);
assert.ok(checkpoints.length > 0);
for (const subscription of [toStream, toAll, toNew, bytesOnly]) await subscription.unsubscribe();

// Deleted: numbered on. Tombstoned: gone for good.
await client.deleteStream(`${prefix}-live`, { expectedRevision: 0n });
await assert.rejects(all(client.readStream(`${prefix}-live`)), StreamNotFoundError);
const reborn = await client.appendToStream(`${prefix}-live`, events("h"), { expectedRevision: NO_STREAM });
assert.equal(reborn.nextExpectedRevision, 1n);
await assert.rejects(client.deleteStream(`${prefix}-live`, { expectedRevision: 0n }), WrongExpectedVersionError);
await client.tombstoneStream(`${prefix}-live`, { expectedRevision: ANY });
const fromStart = { direction: FORWARDS, fromRevision: START };
await assert.rejects(all(client.readStream(`${prefix}-live`, fromStart)), StreamDeletedError);

for await (const { event } of client.readStream(written)) {
  const { id, type, isJson, data, metadata } = event;
  console.log(JSON.stringify({ id, type, isJson, data, metadata }));
}
await client.dispose();
