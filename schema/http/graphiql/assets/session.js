// The session of this page: signing in, refreshing the token before it expires, signing out.
// Keep the refresh token in memory only: using a copy twice ends the session.
"use strict";

const leadgateSession = (() => {
  const STORE = "leadgate.session"; // only the access token, so that a reload does not sign out
  const SHORTEST = 5_000; // milliseconds between two refreshes, whatever the server says
  const LONGEST_PAUSE = 60_000; // milliseconds between two attempts while the server doesn't answer
  const FIELDS = "accessToken refreshToken expiresIn viewer { user { email } roles } userErrors { message }";
  const listeners = new Set();
  // { email, roles, accessToken, refreshToken, key, lifetime, start, failures }; times in milliseconds
  let session = null;
  let timer;
  let renewing = null;

  async function ask(query, variables, token) {
    const headers = { Accept: "application/json", "Content-Type": "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    const body = JSON.stringify({ query, variables });
    const answer = await (await fetch(location.pathname, { method: "POST", headers, body })).json();
    if (answer.errors) throw new Error(answer.errors[0].message);
    return answer.data;
  }

  // The time of day may be wrong, and may be set at any time; the monotonic clock may stop while the machine
  // sleeps. So neither is compared with the server's clock, and the one that moved further counts.
  const now = () => ({ steady: performance.now(), wall: Date.now() });
  const age = ({ start }) => Math.max(performance.now() - start.steady, Date.now() - start.wall);

  /** When to refresh: when a minute is left, or a fifth of a shorter lifetime. */
  const refreshAge = ({ lifetime }) => Math.max(SHORTEST, lifetime - Math.min(60_000, lifetime / 5));

  function wait(milliseconds) {
    clearTimeout(timer);
    const bounded = Math.min(Math.max(0, milliseconds), 2 ** 31 - 1);
    timer = setTimeout(() => renewOrEnd().catch(console.warn), bounded);
  }

  function set(next) {
    session = next;
    clearTimeout(timer);
    if (session) {
      const { email, roles, accessToken, lifetime, start } = session;
      sessionStorage.setItem(STORE, JSON.stringify({ email, roles, accessToken, lifetime, wall: start.wall }));
      wait((session.refreshToken ? refreshAge(session) : session.lifetime) - age(session));
    } else {
      sessionStorage.removeItem(STORE);
    }
    listeners.forEach((listener) => listener(session));
  }

  function take(payload, start) {
    if (payload.userErrors.length) throw new Error(payload.userErrors[0].message);
    const { user, roles } = payload.viewer;
    const { accessToken, refreshToken } = payload;
    const lifetime = payload.expiresIn * 1_000;
    set({ email: user.email, roles, accessToken, refreshToken, lifetime, start, failures: 0 });
  }

  async function signIn(email, password) {
    const query = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { ${FIELDS} } }`;
    const start = now(); // before the request, so that the token never seems to live longer than it does
    take((await ask(query, { input: { email, password } })).signIn, start);
  }

  function renew() {
    // One at a time: a second refresh would send a token that has been used.
    renewing ??= exchange(session).finally(() => (renewing = null));
    return renewing;
  }

  async function exchange(old) {
    const query = `mutation Renew($input: TokenRefreshInput!) { tokenRefresh(input: $input) { ${FIELDS} } }`;
    // After an answer that was lost, the same key gets the same tokens.
    old.key ??= [...crypto.getRandomValues(new Uint8Array(16))].join(".");
    const start = now();
    let payload;
    try {
      const input = { refreshToken: old.refreshToken, idempotencyKey: old.key };
      payload = (await ask(query, { input })).tokenRefresh;
    } catch (error) {
      if (session === old) wait(Math.min(LONGEST_PAUSE, 1_000 * 2 ** old.failures++));
      throw new Error(`The token could not be refreshed. ${error.message}`, { cause: error });
    }
    if (session !== old) return; // somebody signed out or in meanwhile
    try {
      take(payload, start);
    } catch (error) {
      set(null);
      throw new Error(`Your session has expired. ${error.message}`, { cause: error });
    }
  }

  async function signOut() {
    const token = session?.accessToken;
    set(null);
    if (token) await ask("mutation { signOut { signedOut } }", {}, token);
  }

  /** Refresh the token if it is about to expire: timers stop while the machine sleeps. */
  async function ready() {
    if (!session || age(session) < refreshAge(session)) return;
    const stillValid = age(session) < session.lifetime;
    if (stillValid && (session.failures || !session.refreshToken)) return; // the timer tries again
    await renewOrEnd();
  }

  async function renewOrEnd() {
    if (session.refreshToken) await renew();
    else set(null);
  }

  /** The token of the session; null if nobody is signed in. */
  function token() {
    return session?.accessToken ?? null;
  }

  /** When the token expires, by this machine's clock. */
  function expiry() {
    return new Date(Date.now() + session.lifetime - age(session));
  }

  function follow(listener) {
    listeners.add(listener);
    listener(session);
  }

  try {
    const { wall, ...kept } = JSON.parse(sessionStorage.getItem(STORE));
    const elapsed = Date.now() - wall;
    if (elapsed >= 0 && elapsed < kept.lifetime) {
      set({ ...kept, start: { steady: performance.now() - elapsed, wall }, failures: 0 });
    } else {
      sessionStorage.removeItem(STORE);
    }
  } catch {
    sessionStorage.removeItem(STORE);
  }

  return { expiry, follow, ready, signIn, signOut, token };
})();
