// The session of this page: signing in, refreshing the token before it expires, signing out.
// Keep the refresh token in memory only: using a copy twice ends the session.
"use strict";

const leadgateSession = (() => {
  const STORE = "leadgate.session"; // only the access token, so that a reload does not sign out
  const listeners = new Set();
  const FIELDS = "accessToken refreshToken expiresAt viewer { user { email } roles } userErrors { message }";
  let session = null; // { email, roles, accessToken, refreshToken, expiresAt, renewAt }
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

  function set(next) {
    session = next;
    clearTimeout(timer);
    if (session) {
      const { refreshToken: _, ...kept } = session;
      sessionStorage.setItem(STORE, JSON.stringify(kept));
      const soon = Math.max(0, session.renewAt - Date.now());
      timer = setTimeout(() => renewOrEnd().catch(console.warn), Math.min(soon, 2 ** 31 - 1));
    } else {
      sessionStorage.removeItem(STORE);
    }
    listeners.forEach((listener) => listener(session));
  }

  function take(payload) {
    if (payload.userErrors.length) throw new Error(payload.userErrors[0].message);
    const expiresAt = Date.parse(payload.expiresAt);
    const { user, roles } = payload.viewer;
    const { accessToken, refreshToken } = payload;
    // Refreshed when a minute is left, or a fifth of a shorter lifetime.
    const renewAt = expiresAt - Math.min(60_000, (expiresAt - Date.now()) / 5);
    set({ email: user.email, roles, accessToken, refreshToken, expiresAt, renewAt });
  }

  async function signIn(email, password) {
    const query = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { ${FIELDS} } }`;
    take((await ask(query, { input: { email, password } })).signIn);
  }

  function renew() {
    // One at a time: a second refresh would send a token that has been used.
    renewing ??= exchange().finally(() => (renewing = null));
    return renewing;
  }

  async function exchange() {
    const query = `mutation Renew($input: TokenRefreshInput!) { tokenRefresh(input: $input) { ${FIELDS} } }`;
    const refreshToken = session.refreshToken;
    try {
      take((await ask(query, { input: { refreshToken } })).tokenRefresh);
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
    if (session && Date.now() >= session.renewAt) await renewOrEnd();
  }

  async function renewOrEnd() {
    if (session.refreshToken) await renew();
    else set(null);
  }

  /** The token of the session; null if nobody is signed in. */
  function token() {
    return session?.accessToken ?? null;
  }

  function follow(listener) {
    listeners.add(listener);
    listener(session);
  }

  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    if (kept && kept.expiresAt > Date.now()) set({ ...kept, renewAt: kept.expiresAt });
  } catch {
    sessionStorage.removeItem(STORE);
  }

  return { follow, ready, signIn, signOut, token };
})();
