// Reads calendar events as ical.js does, which Thunderbird uses, and compares them with what they say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
let sequence = -1;
for (const expected of cases) {
  for (const line of expected.text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
  const calendar = new ICAL.Component(ICAL.parse(expected.text));
  assert.equal(calendar.getFirstPropertyValue("method"), expected.method);
  const components = calendar.getAllSubcomponents();
  assert.deepEqual(components.map(({ name }) => name), ["vevent"]);
  const event = new ICAL.Event(components[0]);
  assert.equal(event.uid, expected.uid);
  assert.equal(event.sequence, expected.sequence);
  assert.ok(event.sequence > sequence);
  sequence = event.sequence;
  assert.equal(components[0].getFirstPropertyValue("status"), expected.status);
  assert.equal(event.summary, expected.summary);
  assert.equal(event.description, expected.description);
  assert.equal(event.startDate.toString(), expected.starts);
  assert.equal(event.endDate.toString(), expected.ends);
  assert.ok(event.startDate.isDate || event.startDate.zone === ICAL.Timezone.utcTimezone);
  const [attendee, ...others] = event.attendees;
  assert.deepEqual(others, []);
  assert.equal(attendee.getFirstValue(), expected.attendee);
  assert.equal(attendee.getParameter("cn"), expected.name);
}
assert.ok(cases.length > 0);
process.stdout.write(`${cases.length} events\n`);
