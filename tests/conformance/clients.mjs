// Owns the walk of a client through every document in examples/operations, and its two ways to a reveal:
// graphql-ws and graphql-sse. It must not send a document that is not among them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createClient as sseClient } from "graphql-sse";
import { createClient as wsClient } from "graphql-ws";
import WebSocket from "ws";

const PATIENCE = 20_000; // milliseconds until an event counts as lost
const [url, folder, password] = process.argv.slice(2);
const documents = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".graphql"))
    .map((name) => [basename(name, ".graphql"), readFileSync(join(folder, name), "utf8")]),
);
const sent = new Set();

function documentOf(name) {
  assert(documents.has(name), `there is no document ${name}`);
  sent.add(name);
  return documents.get(name);
}

function headersOf(token) {
  return token ? { authorization: `Bearer ${token}` } : {};
}

async function answerOf(name, response) {
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, `${name}: ${JSON.stringify(errors)}`);
  for (const payload of Object.values(data)) {
    assert.deepEqual(payload?.userErrors ?? [], [], `${name}: ${JSON.stringify(payload)}`);
  }
  return data;
}

async function ask(name, token, variables = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json;q=0.9",
      "content-type": "application/json",
      ...headersOf(token),
    },
    body: JSON.stringify({ query: documentOf(name), variables }),
  });
  return answerOf(name, response);
}

async function codesOf(name, token, variables) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headersOf(token) },
    body: JSON.stringify({ query: documentOf(name), variables }),
  });
  const { data } = await response.json();
  return Object.values(data).flatMap((payload) => payload.userErrors.map(({ code }) => code));
}

async function upload(name, token, input, text) {
  const form = new FormData();
  form.append("operations", JSON.stringify({ query: documentOf(name), variables: { input: { ...input, file: null } } }));
  form.append("map", JSON.stringify({ 0: ["variables.input.file"] }));
  form.append("0", new Blob([text], { type: "text/csv" }), "rows.csv");
  const headers = { "graphql-preflight": "1", ...headersOf(token) };
  return answerOf(name, await fetch(url, { method: "POST", headers, body: form }));
}

async function signIn(who) {
  const input = { email: `${who}@demo.example`, password };
  return (await ask("SignIn", null, { input })).signIn;
}

/** The first event of a subscription that is wanted, by one of the clients. */
async function first(client, name, variables, wanted) {
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE, new Error(`${name}: no event`)).unref());
  const events = client.iterate({ query: documentOf(name), variables });
  const search = async () => {
    for await (const { data, errors } of events) {
      assert.equal(errors, undefined, `${name}: ${JSON.stringify(errors)}`);
      const [event] = Object.values(data);
      if (wanted(event)) return event;
    }
    throw new Error(`${name}: ended without the event`);
  };
  try {
    return await Promise.race([search(), late]);
  } finally {
    await events.return();
  }
}

function clientsOf(token) {
  return {
    "graphql-ws": wsClient({
      url: url.replace(/^http/, "ws"),
      webSocketImpl: WebSocket,
      connectionParams: { Authorization: `Bearer ${token}` },
      retryAttempts: 0,
    }),
    "graphql-sse": sseClient({ url, headers: headersOf(token), retryAttempts: 0 }),
  };
}

assert.equal((await ask("Service", null)).service.demo, true);
const operator = (await signIn("operator")).accessToken;
const prospect = (await signIn("prospect")).accessToken;
const session = (await signIn("vendor")).refreshToken;
const vendor = (await ask("TokenRefresh", null, { input: { refreshToken: session } })).tokenRefresh.accessToken;

const { viewer } = await ask("Viewer", vendor);
await ask("OperatorPointsPurchase", operator, {
  input: { accountId: viewer.account.id, points: 100, idempotencyKey: "conformance" },
});
const imported = await upload(
  "OperatorLeadImport",
  operator,
  { market: "demo", category: "Roofing", country: "DE", preferredChannel: "EMAIL" },
  "full name,email,brief,title\nMona Hartl,mona@roofs.example,A flat roof leaks.,A leaking roof\n",
);

const published = await ask("LeadPublish", prospect, {
  input: {
    title: "A shop for honey",
    brief: "Ninety jars a week want to be sold.",
    category: "Web shops",
    country: "DE",
    contact: { fullName: "Petra Halloran", email: "petra@honey.example", preferredChannel: "EMAIL" },
  },
});
const leadId = published.leadPublish.lead.id;
const listed = await ask("LeadList", vendor, { filter: { open: true, applied: false } });
assert(listed.leads.edges.some(({ node }) => node.id === leadId), "the new lead is not listed");
const { categories } = (await ask("LeadCategories", vendor)).leadCategories;
assert(categories.some(({ category, leads }) => category === "Web shops" && leads > 0), "no category of the new lead");
await ask("LeadCount", vendor, { filter: { open: true } });
assert.equal((await ask("LeadDetail", vendor, { id: leadId })).node.contact, null);

const clients = clientsOf(vendor);
const after = viewer.feedCursor;
const isReveal = (event) => event.__typename === "RevealEvent" && event.lead.id === leadId;
const isAcceptance = (event) => event.__typename === "Notification" && event.kind === "APPLICATION_ACCEPTED";
const waiting = Object.values(clients).flatMap((client) => [
  first(client, "RevealFeed", { after }, isReveal),
  first(client, "NotificationFeed", { after }, isAcceptance),
]);

const applied = await ask("LeadApply", vendor, {
  input: { leadId, introduction: "We build shops.", idempotencyKey: `conformance:${leadId}` },
});
const applicationId = applied.applicationSubmit.application.id;
const inbox = await ask("ProspectInbox", prospect);
const mine = inbox.leads.edges.find(({ node }) => node.id === leadId).node.applications.edges;
assert.deepEqual(mine.map(({ node }) => node.id), [applicationId]);
await ask("ApplicationReview", prospect, { input: { applicationId } });
await ask("ApplicationAccept", prospect, { input: { applicationId } });

const events = await Promise.all(waiting);
for (const event of events.filter((one) => one.__typename === "RevealEvent")) {
  assert.equal(event.contact.email, "petra@honey.example");
}
for (const [name, client] of Object.entries(clients)) {
  const again = await first(client, "RevealFeed", { after }, isReveal);
  assert.equal(again.cursor, events[0].cursor, `${name}: another event when replayed`);
}
assert.equal((await ask("LeadDetail", vendor, { id: leadId })).node.contact.email, "petra@honey.example");

// A complaint about what an operator delivered and what was bought.
const troubles = [];
clients["graphql-ws"].subscribe(
  { query: documentOf("ComplaintProgressFeed"), variables: { after } },
  { next: ({ errors }) => troubles.push(...(errors ?? [])), error: (error) => troubles.push(error), complete() {} },
);
const offered = imported.leadImport.rows[0].leadId;
await ask("OperatorLeadOffer", operator, { input: { leadId: offered, kind: "RECORD", mode: "EXCLUSIVE", points: 5 } });
const bought = await ask("LeadPurchase", vendor, { input: { leadId: offered, idempotencyKey: "bought" } });
const delivered = await ask("OperatorLeadDeliver", operator, {
  input: {
    leadId: listed.leads.edges.find(({ node }) => ![leadId, offered].includes(node.id)).node.id,
    accountId: viewer.account.id,
    kind: "RECORD",
    points: 5,
    idempotencyKey: "delivered",
  },
});
const faulty = [bought.leadPurchase.delivery.id, delivered.leadDeliver.delivery.id];
const template = await ask("ComplaintTemplateCreate", vendor, { input: { format: "CSV", language: "en" } });
const table = await (await fetch(new URL(template.complaintTemplateCreate.file.url, url))).text();
assert(faulty.every((id) => table.includes(id)), "the template lacks a delivery");
const said = { reason: "WRONG_ADDRESS", explanation: "Nobody is there." };
const preview = await ask("ComplaintPreview", vendor, { items: faulty.map((deliveryId) => ({ deliveryId, ...said })) });
assert.deepEqual(preview.complaintPreview.map(({ problems }) => problems), [[], []]);
const rows = faulty.map((id) => `${id};${said.reason};${said.explanation}`);
const filed = await upload(
  "ComplaintFile",
  vendor,
  { idempotencyKey: "filed" },
  ["Delivery ID;Reason;Explanation", ...rows].join("\r\n"),
);
assert.deepEqual(filed.complaintFile.rowErrors, []);
const { id: complaintId, number } = filed.complaintFile.complaint;
const due = await ask("ComplaintList", operator, { filter: { number } });
assert.deepEqual(due.complaints.edges.map(({ node }) => node.id), [complaintId]);
await ask("ComplaintMessageSend", vendor, { input: { complaintId, text: "We rang twice.", idempotencyKey: "asked" } });
const thread = await ask("ComplaintThread", operator, { id: complaintId });
assert.deepEqual(thread.node.messages.edges.map(({ node }) => node.fromOperator), [false]);
const open = (await ask("ComplaintDetail", operator, { id: complaintId, verdict: "UNDER_REVIEW" })).node.items.edges;
const [one, other] = open.map(({ node }) => ({ itemId: node.id, verdict: "ACCEPTED", comment: "You are right." }));
await ask("OperatorComplaintItemDecide", operator, { input: one });
await ask("OperatorComplaintItemsDecide", operator, { input: { items: [other] } });
const decided = (await ask("ComplaintDetail", vendor, { id: complaintId })).node;
assert.deepEqual([decided.status, decided.counts.accepted], ["DECIDED", 2]);
await ask("ComplaintStatistics", vendor, { by: "REASON" });
await ask("ActivityStatistics", vendor, { period: { from: "2026-03-02T00:00:00Z", to: "2026-03-09T00:00:00Z" } });
await ask("FileList", vendor);
assert.deepEqual(troubles, [], "the progress of complaints cannot be followed");

await ask("ApplicationList", vendor);
const banner = (await ask("BannerList", vendor)).viewer.banners.find(({ dismissible }) => dismissible);
const dismissed = { subjectId: banner.subject.id, ruleId: banner.decision.ruleId };
const remaining = (await ask("BannerDismiss", vendor, { input: dismissed })).bannerDismiss;
assert.deepEqual(remaining.userErrors, []);
assert.ok(!remaining.placed.some(({ place }) => place === "BANNER"), "a dismissed banner is still shown");
await ask("DeliveryList", vendor);
await ask("AccountLedger", vendor);
const told = await ask("NotificationList", vendor, { unread: true });
await ask("NotificationRead", vendor, { input: { ids: told.notifications.edges.map(({ node }) => node.id) } });
const at = new Date(Date.now() + 86_400_000).toISOString();
await ask("MeetingRecord", vendor, { input: { applicationId, kind: "RESCHEDULED", at, idempotencyKey: "moved" } });
const ofPetra = await ask("ChatMessageSend", prospect, {
  input: { applicationId, text: "My number is 0151 23456789.", idempotencyKey: "chat" },
});
assert.equal(ofPetra.chatMessageSend.message.text, "My number is 0151 23456789.");
const chat = (await ask("ChatThread", vendor, { id: applicationId })).node;
const sides = chat.messages.edges.map(({ node }) => node.side).filter((side) => side !== "SYSTEM");
assert.deepEqual(sides, ["VENDOR", "PROSPECT"]);
assert.ok(chat.messages.edges.length > sides.length, "the chat has system messages");
assert.equal(chat.chat.unread, 1);
const through = chat.messages.edges.at(-1).node.id;
const marked = await ask("ChatRead", vendor, { input: { applicationId, through } });
assert.equal(marked.chatRead.chat.unread, 0);
const begin = chat.messages.edges[0].node.cursor;
for (const client of Object.values(clientsOf(vendor))) {
  const heard = await first(client, "ChatFeed", { applicationId, after: begin }, (event) => event.id === through);
  assert.equal(heard.text, "My number is 0151 23456789.");
  await client.dispose();
}
await ask("ChatPreview", vendor, { applicationId, text: "Call us: 030 901820." });
const draft = { purpose: "THE_LEAD", subject: "Re:", text: "The roof is done." };
const checked = await ask("EmailDraftCheck", vendor, { input: draft });
assert.equal(checked.emailDraftCheck[0].code, "SENDER_ANONYMOUS");
await ask("ApplicationDecline", prospect, { input: { applicationId, message: "It rains." } });
const disclosed = (await ask("DisclosureList", prospect)).disclosures.edges;
assert.ok(disclosed.some(({ node }) => node.basis === "ACCEPTED"), "the acceptance is not in the register");
await ask("LeadDetail", operator, { id: leadId });
const looks = (await ask("OperatorContactLooks", operator, { filter: { leadId } })).contactLooks.edges;
assert.ok(looks[0].node.by.name, "the operator's look is not in the log");
await ask("OperatorAccounts", operator);
await ask("OperatorOutsideSources", operator);
await ask("OperatorPolicies", operator);
await ask("OperatorHealth", operator);
await ask("OperatorRulesets", operator);
await ask("Desk", operator);
const inForce = (await ask("OperatorPolicies", operator)).policies.edges.map(({ node }) => node);
const { version: latest, parameters } = inForce.find(({ version }) => version.startsWith("default"));
const cheaper = { market: "default", parameters: { ...parameters, publication: { application_fee: 11 } } };
const policyCheck = (await ask("OperatorPolicyCheck", operator, { input: cheaper })).policyCheck;
assert.ok(policyCheck.rulesetsHold, JSON.stringify(policyCheck));
const period = { from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" };
const { policyTrialStart } = await ask("OperatorPolicyTrialStart", operator, {
  input: { draft: cheaper, period, idempotencyKey: "a trial" },
});
await ask("OperatorPolicyTrial", operator, { id: policyTrialStart.trial.id });
await ask("OperatorPolicyPublish", operator, {
  input: {
    draft: cheaper,
    version: "conformance",
    effectiveFrom: new Date(Date.now() + 864e5).toISOString(),
    expectedLatestVersion: latest,
    idempotencyKey: "a policy",
  },
});
await ask("PublicTextCheck", prospect, { title: "A roof", brief: "Call +12125550199.", country: "DE" });
const logged = (await ask("OperatorDecisions", operator, { filter: { ruleset: "visibility" } })).decisions.edges;
assert.ok(logged.some(({ node }) => node.caused.length), "no decision caused anything");
const ruled = await ask("OperatorDecisionTry", operator, {
  ruleset: "review_reminder",
  facts: { opened: false, response: "NONE", waited_seconds: 90_000 },
});
assert.ok(ruled.decisionTry.ruleId);
await ask("MarketList", vendor);
const changed = await ask("UserSettingsUpdate", vendor, { input: { timeZone: "Europe/Warsaw" } });
assert.equal(changed.userSettingsUpdate.user.timeZone, "Europe/Warsaw");
const preference = { group: "LEADS", channel: "EMAIL", on: false };
const chosen = await ask("NotificationPreferenceSet", vendor, { input: preference });
assert.deepEqual(chosen.notificationPreferenceSet.preference, preference);
const p256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const browser = { kind: "WEB", name: "Example", p256dh, auth: "BTBZMqHH6r4Tts7J_aSIgg" };
const address = "https://fcm.googleapis.com/send/example"; // nothing is sent to it before it is removed
const { device } = (await ask("DeviceRegister", vendor, { input: { ...browser, address } })).deviceRegister;
assert.deepEqual((await ask("DeviceList", vendor)).viewer.devices.map(({ id }) => id), [device.id]);
assert.equal((await ask("DeviceRemove", vendor, { input: { deviceId: device.id } })).deviceRemove.removed, true);
const { feed } = (await ask("CalendarFeedCreate", vendor, {})).calendarFeedCreate;
assert.match(feed.url, /\/calendar\/[0-9a-f]{64}\.ics$/);
const calendar = await fetch(new URL(new URL(feed.url).pathname, url));
assert.match(await calendar.text(), /^BEGIN:VCALENDAR\r\n/);
assert.equal((await ask("CalendarFeedRevoke", vendor, {})).calendarFeedRevoke.revoked, true);
await ask("DispatchList", operator);
// Nothing has failed: each of these is refused for an id that no dispatch has.
const nobodys = Buffer.from("Dispatch:00000000000000000000000000000000").toString("base64url");
for (const [name, input] of [
  ["OperatorDispatchRetry", { ids: [nobodys], idempotencyKey: "again" }],
  ["OperatorDispatchCancel", { ids: [nobodys], reason: "No longer needed." }],
  ["OperatorDispatchSettle", { dispatchId: nobodys, arrived: true, comment: "They called." }],
  ["OperatorSuppressionLift", { dispatchId: nobodys, reason: "It works again." }],
]) {
  assert.deepEqual(await codesOf(name, operator, { input }), ["NOT_FOUND"], name);
}
await ask("WebhookEndpointList", vendor);
const noEndpoint = Buffer.from("WebhookEndpoint:00000000000000000000000000000000").toString("base64url");
const created = { url: "https://127.0.0.1/", events: ["LEAD_DELIVERED"], idempotencyKey: "hook" };
assert.deepEqual(await codesOf("WebhookEndpointCreate", vendor, { input: created }), ["INVALID"]);
for (const [name, input] of [
  ["WebhookEndpointUpdate", { state: "DISABLED" }],
  ["WebhookSecretRotate", { idempotencyKey: "rotate" }],
  ["WebhookTest", { idempotencyKey: "test" }],
  ["WebhookEndpointDelete", {}],
  [
    "WebhookReplay",
    { period: { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" }, idempotencyKey: "more" },
  ],
]) {
  const given = { endpointId: noEndpoint, ...input };
  assert.deepEqual(await codesOf(name, vendor, { input: given }), ["NOT_FOUND"], name);
}
const line = { name: "Conformance", driver: "GENERIC", region: "DE", idempotencyKey: "line" };
const { phoneSystem, secret } = (await ask("OperatorPhoneSystemSet", operator, { input: line })).phoneSystemSet;
assert.ok(secret.startsWith("whsec_"));
const ofLine = { phoneSystemId: phoneSystem.id };
await ask("OperatorPhoneSystemSecretRotate", operator, { input: { ...ofLine, expectedVersion: 1 } });
await ask("OperatorPhoneSystems", operator);
await ask("OperatorPhoneSystemDelete", operator, { input: { ...ofLine, expectedVersion: 2 } });
// The demo's secretariat: what is changed here is changed back, or removed again.
const phone = (await ask("SecretariatDetail", vendor)).secretariat;
assert.deepEqual(phone.phoneNumbers, ["+493023125100"]);
const onHoliday = phone.employees.edges.map(({ node }) => node).find(({ deputy }) => deputy);
const wanted = { employeeId: onHoliday.id, caller: "+49 30 23125 666" };
const { routes } = (await ask("CallRoutePreview", vendor, { input: wanted })).callRoutePreview;
assert.equal(routes.standing, "UNWANTED");
const aDay = { from: new Date().toISOString(), to: new Date(Date.now() + 86_400_000).toISOString() };
await ask("CallCoverage", vendor, { input: { period: aDay } });
await ask("CallStatistics", vendor, { period: aDay });
await ask("CallerErase", vendor, {
  input: { phone: "+49 30 23125 778", reason: "Asked for it.", idempotencyKey: "erase" },
});
const once = (idempotencyKey) => ({ idempotencyKey });
const somebody = { name: "Ida Conformance", email: "ida@lindqvist.example", ...once("employee") };
const { employee } = (await ask("EmployeeCreate", vendor, { input: somebody })).employeeCreate;
const ofEmployee = { employeeId: employee.id };
await ask("EmployeeUpdate", vendor, { input: { ...ofEmployee, expectedVersion: 1, position: "Trainee" } });
await ask("AbsenceTextSet", vendor, { input: { ...ofEmployee, expectedVersion: 2, text: "Writes an exam." } });
const monday = { weekday: 1, from: "08:00", until: "16:00" };
await ask("WeeklyHoursSet", vendor, { input: { ...ofEmployee, expectedVersion: 3, hours: [monday] } });
const away = { ...ofEmployee, startsAt: aDay.from, endsAt: aDay.to, text: "at the dentist", ...once("away") };
const { appointment } = (await ask("AppointmentSet", vendor, { input: away })).appointmentSet;
await ask("AppointmentDelete", vendor, { input: { appointmentId: appointment.id, expectedVersion: 1 } });
const day = aDay.to.slice(0, 10).replaceAll("-", "");
const exam = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:exam", `DTSTART;VALUE=DATE:${day}`, "END:VEVENT", "END:VCALENDAR"];
const calendarInput = { ...ofEmployee, ...once("calendar") };
const calendarRead = await upload("EmployeeCalendarImport", vendor, calendarInput, exam.join("\r\n"));
assert.equal(calendarRead.employeeCalendarImport.appointments.length, 1);
const calendarId = calendarRead.employeeCalendarImport.calendar.id;
await ask("EmployeeCalendarSet", vendor, { input: { calendarId, expectedVersion: 1, useTitles: false } });
const calendarsOf = async ({ id }) => (await ask("EmployeeCalendars", vendor, { id })).node.calendars;
assert.deepEqual((await calendarsOf(employee)).map(({ id }) => id), [calendarId]);
const feeds = (await Promise.all(phone.employees.edges.map(({ node }) => calendarsOf(node)))).flat();
await ask("EmployeeCalendarRefresh", vendor, { input: { calendarId: feeds[0].id } });
await ask("EmployeeCalendarDelete", vendor, { input: { calendarId, expectedVersion: 1 } });
const invited = { ...ofEmployee, email: "ida@demo.example", ...once("access") };
await ask("EmployeeAccessCreate", vendor, { input: invited });
await ask("EmployeeAccessDelete", vendor, { input: ofEmployee });
const friend = { number: "+49 30 23125 777", name: "Jo Friend", note: "", ...once("vip") };
const { vipCaller } = (await ask("VipCallerSet", vendor, { input: friend })).vipCallerSet;
await ask("VipCallerDelete", vendor, { input: { vipCallerId: vipCaller.id, expectedVersion: 1 } });
const asked = { question: "Where are you?", answer: "In Berlin.", ...once("faq") };
const { faqEntry } = (await ask("FaqEntrySet", vendor, { input: asked })).faqEntrySet;
await ask("FaqEntryDelete", vendor, { input: { faqEntryId: faqEntry.id, expectedVersion: 1 } });
const shown = (await ask("SecretariatDetail", vendor, { first: 100 })).secretariat;
const ida = shown.employees.edges.map(({ node }) => node).find(({ id }) => id === employee.id);
await ask("EmployeeDelete", vendor, { input: { ...ofEmployee, expectedVersion: ida.version } });
const read = { expectedVersion: shown.version };
const written = (await ask("SecretariatUpdate", vendor, { input: { ...read, retentionDays: 90 } })).secretariatUpdate;
read.expectedVersion = written.secretariat.version;
const confirmed = (await ask("SecretariatConfirm", vendor, { input: read })).secretariatConfirm.secretariat;
assert.equal(confirmed.state, "CONFIRMED");
const rival = (await signIn("rival")).accessToken;
const its = { accountId: (await ask("Viewer", rival)).viewer.account.id, transferIncluded: false };
const opened = await ask("OperatorSecretariatCreate", operator, {
  input: { ...its, phoneNumbers: ["+493023125200"], ...once("secretariat") },
});
const second = { secretariatId: opened.secretariatCreate.secretariat.id };
const numbers = { ...second, expectedVersion: 1, phoneNumbers: ["+493023125201"], numberBlocks: [] };
const moved = (await ask("OperatorSecretariatNumbersSet", operator, { input: numbers })).secretariatNumbersSet;
const agents = { ...second, expectedVersion: moved.secretariat.version, agentIds: [] };
const free = (await ask("OperatorSecretariatAgentsSet", operator, { input: agents })).secretariatAgentsSet;
const room = { key: "ROOM", label: "Room", kind: "TEXT", required: false };
const fields = { ...second, expectedVersion: free.secretariat.version, fields: [room] };
await ask("OperatorAskedFieldsSet", operator, { input: fields });

const agent = (await signIn("agent")).accessToken;
const { callCursor } = (await ask("CallBoard", agent)).viewer;
const desk = (await ask("CallAnswer", agent, {
  input: { dialled: "+493023125100", caller: "+49 30 23125 779", ...once("call") },
})).callAnswer.call;
const colleague = desk.routes.routes.at(-1).employee;
const tried = { callId: desk.id, employeeId: colleague.id, result: "CALLING", ...once("attempt") };
await codesOf("CallTransferRecord", agent, { input: tried });
const jo = { name: "Jo Conformance", company: "None", phone: "030 901820", concern: "A test." };
const noted = { callId: desk.id, outcome: "MESSAGE_TAKEN", note: jo };
const ended = (await ask("CallFinish", agent, { input: noted })).callFinish.call;
assert.equal(ended.state, "FINISHED");
const better = { callId: desk.id, note: { ...jo, urgent: true }, expectedVersion: ended.version };
await ask("CallCorrect", agent, { input: better });
const over = { callId: desk.id, expectedVersion: ended.version };
assert.deepEqual(await codesOf("CallTakeOver", agent, { input: over }), ["CONFLICT"]);
const desks = clientsOf(agent);
for (const client of Object.values(desks)) {
  const isCall = (event) => event.call?.id === desk.id;
  assert.equal((await first(client, "CallFeed", { after: callCursor }, isCall)).change, "ANSWERED");
  await client.dispose();
}
const listedCalls = (await ask("Calls", vendor, { first: 1 })).calls.nodes;
assert.deepEqual(listedCalls.map(({ id }) => id), [desk.id]);
const lastDay = { from: new Date(Date.now() - 86_400_000).toISOString(), to: aDay.to };
await ask("CallExport", vendor, { input: { period: lastDay, format: "CSV" } });
await ask("EmployeeExport", vendor, { input: { format: "CSV" } });
const staff = "First name;Last name;Email\nIda;Conformance;ida@lindqvist.example\n";
const team = await upload("EmployeeImport", vendor, { dryRun: true }, staff);
assert.deepEqual(team.employeeImport.rowErrors, []);

const known = (await ask("SmartDataSettings", vendor)).viewer.account.smartContactData;
const switching = { expectedVersion: known.version, on: true, acceptsRoles: true };
assert.deepEqual(await codesOf("SmartDataSettingsUpdate", vendor, { input: switching }), []);
const held = (await ask("DeliveryList", vendor)).deliveries.edges[0].node.lead.id;
const aboutIt = (await ask("LeadSmartData", vendor, { id: held })).node.smartData;
assert.notEqual(aboutIt.access.ruleId, "not_switched_on");
await codesOf("SmartDataSearch", vendor, { input: { leadId: held, ...once("search") } });
await codesOf("SmartDataRefresh", vendor, { input: { leadId: held, ...once("refresh") } });
await ask("SmartDataSearchState", vendor, { id: held });
const keeping = { fieldIds: [], until: new Date(Date.now() + 86_400_000).toISOString() };
assert.deepEqual(await codesOf("SmartDataKeep", vendor, { input: keeping }), []);
assert.deepEqual(await codesOf("SmartDataForget", vendor, { input: { leadId: held } }), []);
await codesOf("OrganisationPersonRemove", vendor, { input: { leadId: held } });
const joined = { leadId: held, name: "Conformance Ltd" };
assert.deepEqual(await codesOf("OrganisationPersonAdd", vendor, { input: joined }), []);
const provider = { domain: "conformance-mail.com", kind: "MAIL_PROVIDER" };
assert.deepEqual(await codesOf("MailProviderSet", operator, { input: provider }), []);
const reachable = (await ask("DeliveryList", vendor)).deliveries.edges.find(({ node }) => node.lead.contact).node.lead;
const { permissions } = (await ask("LeadContacting", vendor, { id: reachable.id })).node.contacting;
assert.deepEqual(permissions.map(({ medium }) => medium), ["CALL", "SMS", "EMAIL", "CHAT", "MEETING"]);
const justNow = new Date(Date.now() - 60_000).toISOString();
const called = { leadId: reachable.id, medium: "CALL", at: justNow, outcome: "REFUSED", ...once("contact") };
const recorded = (await ask("ContactAttemptRecord", vendor, { input: called })).contactAttemptRecord;
assert.equal(recorded.suggestedStop.reason, "REFUSED");
const noCalls = { leadId: reachable.id, medium: "CALL", reason: "REFUSED", ...once("stop") };
const { doNotContact } = (await ask("DoNotContactSet", vendor, { input: noCalls })).doNotContactSet;
await ask("DoNotContactLift", vendor, { input: { doNotContactId: doNotContact.id, reason: "Asked us to call." } });
const { profile } = (await ask("LeadAdvice", vendor, { id: reachable.id })).node.contacting;
const judged = { leadId: reachable.id, status: "SENIOR", expectedVersion: profile.version };
assert.equal((await ask("ContactProfileSet", vendor, { input: judged })).contactProfileSet.contacting.profile.status, "SENIOR");
const spoken = { leadId: reachable.id, text: "Please send me an email.", at: justNow, medium: "CALL", ...once("words") };
const [statement] = (await ask("ContactStatementRead", vendor, { input: spoken })).contactStatementRead.statements;
await ask("ContactStatementTakeBack", vendor, { input: { statementId: statement.id, reason: "Misread." } });
const answered = { leadId: reachable.id, answer: "WRITE", at: justNow, ...once("answer") };
const writes = (await ask("ContactAnswerRecord", vendor, { input: answered })).contactAnswerRecord.contacting;
assert.equal(writes.preference.outcome, "WRITE");
const { version } = (await ask("AccountSenderProfile", vendor)).viewer.account.senderProfile;
const signed = { accepts: ["EMAIL"], signatures: [{ language: "en", text: "Vera, Sales" }], expectedVersion: version };
assert.deepEqual((await ask("SenderProfileSet", vendor, { input: signed })).senderProfileSet.senderProfile.accepts, ["EMAIL"]);
const robinson = { name: "Conformance", country: "DE", medium: "CALL", kind: "ROBINSON", asOf: justNow };
const listOf = { ...robinson, ...once("list") };
await upload("OperatorOptOutListImport", operator, listOf, "Number\n+493023125131\n");
assert((await ask("OperatorOptOutLists", operator)).optOutLists.some(({ name }) => name === "Conformance"));

await ask("SignOut", vendor);

const left = [...documents.keys()].filter((name) => !sent.has(name));
assert.deepEqual(left, [], "these documents are not tried here");
await clients["graphql-ws"].dispose();
clients["graphql-sse"].dispose();
console.log(`${Object.keys(clients).join(" and ")} received the reveal; ${sent.size} documents answered`);
process.exit(0);
