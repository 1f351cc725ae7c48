// Runs the page's session.js with clocks that advance only when they are moved, against a simulated server.
// Prints one JSON object: the findings of each scenario, by its name.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const SCRIPT = readFileSync(process.argv[2], "utf8");
const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 28, 12); // by the server's clock

/** A browser tab: its wall clock is `wrong` milliseconds off, `storage` survives a reload. */
class Tab {
  constructor({ wrong = 0, storage = new Map(), expiresIn = 899 } = {}) {
    Object.assign(this, { storage, expiresIn, steady: 0, wall: NOON + wrong });
    this.timers = [];
    this.refreshes = [];
    this.signedOut = 0;
    this.answer = () => undefined; // throws: the server doesn't answer
    this.refusal = [];
    this.shown = [];
    const tab = this;
    class TabDate extends Date {
      static now() {
        return tab.wall;
      }
    }
    const context = vm.createContext({
      Date: TabDate,
      JSON,
      Math,
      console: { warn: (error) => this.shown.push(error.message) },
      crypto: globalThis.crypto,
      fetch: async (_, { body }) => ({ json: () => this.serve(JSON.parse(body)) }),
      location: { pathname: "/graphql" },
      performance: { now: () => this.steady },
      sessionStorage: {
        getItem: (name) => storage.get(name) ?? null,
        setItem: (name, value) => storage.set(name, value),
        removeItem: (name) => storage.delete(name),
      },
      setTimeout: (act, after) => {
        const timer = { act, at: this.steady + after };
        this.timers.push(timer);
        return timer;
      },
      clearTimeout: (timer) => (this.timers = this.timers.filter((one) => one !== timer)),
    });
    this.session = vm.runInContext(`${SCRIPT};leadgateSession`, context);
  }

  async serve({ query, variables }) {
    if (query.includes("signOut")) {
      this.signedOut += 1;
      return { data: { signOut: { signedOut: true } } };
    }
    const name = query.includes("tokenRefresh") ? "tokenRefresh" : "signIn";
    if (name === "tokenRefresh") this.refreshes.push({ at: this.steady, ...variables.input });
    const serial = this.refreshes.length;
    await this.answer();
    const viewer = { user: { email: "vera@studio.example" }, roles: ["OWNER"] };
    const pair = { accessToken: `access ${serial}`, refreshToken: `refresh ${serial}` };
    const given = this.refusal.length && name === "tokenRefresh" ? {} : { ...pair, viewer };
    const userErrors = name === "tokenRefresh" ? this.refusal : [];
    const expiresAt = new Date(NOON + this.steady + this.expiresIn * 1_000).toISOString();
    return { data: { [name]: { expiresIn: this.expiresIn, expiresAt, userErrors, ...given } } };
  }

  /** Advance both clocks, and run everything that becomes due. */
  async pass(milliseconds, { asleep = false } = {}) {
    const until = this.steady + milliseconds;
    if (asleep) {
      this.wall += milliseconds;
      return;
    }
    for (let rounds = 0; rounds < 5_000; rounds += 1) {
      const due = this.timers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((one) => one !== due);
      this.move(Math.max(this.steady, due.at));
      due.act();
      await new Promise(setImmediate);
    }
    this.move(until);
  }

  move(steady) {
    this.wall += steady - this.steady;
    this.steady = steady;
  }

  async signIn() {
    await this.session.signIn("vera@studio.example", "secret");
    return this;
  }
}

const distinct = (values) => new Set(values).size;
const fails = () => {
  throw new Error("Failed to fetch");
};

const SCENARIOS = {
  async wrongClock() {
    const found = {};
    for (const hours of [-9, -1, 0, 1, 9]) {
      const tab = await new Tab({ wrong: hours * HOUR }).signIn();
      await tab.pass(5_000);
      const inFiveSeconds = tab.refreshes.length;
      await tab.pass(HOUR);
      found[hours] = [inFiveSeconds, tab.refreshes.length, distinct(tab.refreshes.map((one) => one.refreshToken))];
    }
    return found;
  },

  async clockThatIsSet() {
    const found = {};
    for (const hours of [-3, 3]) {
      const tab = await new Tab().signIn();
      await tab.pass(60_000);
      tab.wall += hours * HOUR;
      await tab.session.ready();
      await tab.session.ready();
      await tab.pass(5_000);
      found[hours] = tab.refreshes.length;
    }
    return found;
  },

  async sleep() {
    const tab = await new Tab().signIn();
    await tab.pass(2 * HOUR, { asleep: true });
    await Promise.all([tab.session.ready(), tab.session.ready(), tab.session.ready()]);
    return { refreshes: tab.refreshes.length, token: tab.session.token() };
  },

  async outage() {
    const tab = await new Tab().signIn();
    tab.answer = fails;
    await tab.pass(899_000 - 60_000 + 600_000); // ten minutes from the first attempt
    const during = tab.refreshes.length;
    const pauses = tab.refreshes.slice(1).map((one, place) => one.at - tab.refreshes[place].at);
    const keys = distinct(tab.refreshes.map((one) => one.idempotencyKey));
    tab.answer = () => undefined;
    await tab.pass(60_000);
    await tab.pass(900_000);
    return {
      during,
      pauses: pauses.slice(0, 8),
      keys,
      afterwards: tab.refreshes.length - during,
      keysAfterwards: distinct(tab.refreshes.map((one) => one.idempotencyKey)),
      signedIn: tab.session.token() !== null,
    };
  },

  async requestsDuringAnOutage() {
    const tab = await new Tab().signIn();
    tab.answer = fails;
    await tab.pass(840_000);
    const before = tab.refreshes.length;
    for (let count = 0; count < 50; count += 1) await tab.session.ready();
    const whileValid = tab.refreshes.length - before;
    await tab.pass(60_000);
    const message = await tab.session.ready().then(() => "", (error) => error.message);
    return { whileValid, message, token: tab.session.token() };
  },

  async refused() {
    const tab = await new Tab().signIn();
    tab.refusal = [{ message: "This session has ended. Sign in again." }];
    await tab.pass(24 * HOUR);
    return { refreshes: tab.refreshes.length, token: tab.session.token(), kept: tab.storage.size, shown: tab.shown };
  },

  async signOutDuringARefresh() {
    const tab = await new Tab().signIn();
    let release;
    tab.answer = () => new Promise((resolve) => (release = resolve));
    await tab.pass(850_000);
    tab.answer = () => undefined;
    await tab.session.signOut();
    release();
    await new Promise(setImmediate);
    await tab.pass(HOUR);
    return { refreshes: tab.refreshes.length, token: tab.session.token(), signedOut: tab.signedOut };
  },

  async reload() {
    const first = await new Tab().signIn();
    await first.pass(100_000);
    const stored = [...first.storage.values()].join();
    const second = new Tab({ storage: first.storage, wrong: 100_000 });
    const token = second.session.token();
    await second.pass(790_000);
    const late = second.session.token();
    await second.pass(10_000);
    const set = new Tab({ storage: new Map([["leadgate.session", stored]]), wrong: -HOUR });
    return {
      token,
      late,
      ended: second.session.token(),
      refreshes: second.refreshes.length,
      secret: stored.includes("refresh"),
      clockSetBack: set.session.token(),
    };
  },

  async tokenThatHasEnded() {
    const found = {};
    for (const expiresIn of [0, 1, null]) {
      const tab = await new Tab({ expiresIn }).signIn();
      await tab.pass(60_000);
      found[expiresIn] = tab.refreshes.length;
    }
    return found;
  },
};

const findings = {};
for (const [name, run] of Object.entries(SCENARIOS)) findings[name] = await run();
console.log(JSON.stringify(findings));
