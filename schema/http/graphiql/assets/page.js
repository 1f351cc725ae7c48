// The page: the bar at the top and GraphiQL below it.
"use strict";

(() => {
  const element = (id) => document.getElementById(id);
  const say = (text) => (element("say").textContent = text);

  leadgateSession.follow((session) => {
    element("sign-in").hidden = session !== null;
    element("signed-in").hidden = session === null;
    if (!session) return;
    const ends = leadgateSession.expiry().toLocaleTimeString();
    const renewed = session.refreshToken ? ", renewed automatically" : "";
    element("who").textContent =
      `${session.email} (${session.roles.join(", ").toLowerCase()}), token expires at ${ends}${renewed}`;
  });

  async function attempt(action, done = "") {
    say("");
    try {
      await action();
      say(done);
    } catch (error) {
      say(error.message);
    }
  }

  element("sign-in").addEventListener("submit", (event) => {
    event.preventDefault();
    const password = element("password");
    attempt(async () => {
      await leadgateSession.signIn(element("email").value, password.value);
      password.value = "";
    });
  });
  element("sign-out").addEventListener("click", () => attempt(leadgateSession.signOut));
  element("copy").addEventListener("click", () =>
    attempt(async () => {
      await leadgateSession.ready();
      await navigator.clipboard.writeText(`Authorization: Bearer ${leadgateSession.token()}`);
    }, "Copied."),
  );

  const { createElement } = React;
  ReactDOM.createRoot(element("graphiql")).render(
    createElement(
      GraphiQL,
      {
        fetcher: leadgateFetcher,
        defaultTabs: leadgateExamples(),
        defaultEditorToolsVisibility: "variables",
        isHeadersEditorEnabled: true,
        shouldPersistHeaders: false,
        inputValueDeprecation: true,
        maxHistoryLength: 50,
      },
      createElement(GraphiQL.Logo, null, "GraphiQL"),
    ),
  );
})();
