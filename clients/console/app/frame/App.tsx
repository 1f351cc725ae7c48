/** Shows the sign-in or, with a session, the frame of the user's screens. */
import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { SignInError } from "leadgate-client";
import { RelayEnvironmentProvider } from "react-relay";
import { forgetDrafts } from "../data/drafts.ts";
import { Live } from "../data/live.ts";
import { LiveContext } from "../data/query.ts";
import { actingAs, session } from "../data/session.ts";
import { Button } from "../parts/Button.tsx";
import { Boundary, Empty } from "../parts/State.tsx";
import { clearToasts } from "../parts/Toasts.tsx";
import { useCommon } from "../words/common.ts";
import { browserPreferences, LOCALES, PreferencesContext, type Preferences } from "../words/language.ts";
import { demoEmail, DEMO_PASSWORD } from "./demo.ts";
import classes from "./App.module.css";
import { SignedIn } from "./SignedIn.tsx";
import { BY_THE_USER, SignIn } from "./SignIn.tsx";

/** Continues the session of the cookie; a window for one of the demo's users signs in as them. */
async function begin(): Promise<void> {
  if (actingAs === null) await session.resume();
  else await session.signIn(demoEmail(actingAs), DEMO_PASSWORD);
}

export function App() {
  const state = useSyncExternalStore(session.follow, () => session.state);
  const [preferences, setPreferences] = useState<Preferences>(browserPreferences);
  const [start, setStart] = useState<"running" | "done" | "failed">("running");
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    setStart("running");
    begin().then(
      () => setStart("done"),
      (error: unknown) => setStart(error instanceof SignInError ? "done" : "failed"), // no demo here: sign in by hand
    );
  }, [attempt]);
  useEffect(() => {
    if (state.status !== "signed-out") return;
    clearToasts();
    if (state.end?.code === BY_THE_USER) forgetDrafts(); // the next user of the tab may be somebody else
    setPreferences(browserPreferences());
  }, [state]);

  let content: ReactNode;
  if (state.status === "signed-in") {
    content = <Session key={state.userId} userId={state.userId} after={state.feedCursor} onPreferences={setPreferences} />;
  } else if (start === "running") {
    content = <Splash />;
  } else if (start === "failed") {
    content = <Unreachable retry={() => setAttempt((count) => count + 1)} />;
  } else {
    content = <SignIn end={state.status === "signed-out" ? state.end : null} />;
  }
  return (
    <PreferencesContext value={preferences}>
      <I18nProvider locale={LOCALES[preferences.language]}>
        <Language language={preferences.language} />
        {content}
      </I18nProvider>
    </PreferencesContext>
  );
}

function Language({ language }: { language: string }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return null;
}

/** What lives as long as the session of one user; at its end, nothing of it stays in memory or in the document. */
function Session({ userId, after, onPreferences }: { userId: string; after: string; onPreferences: (found: Preferences) => void }) {
  const [live] = useState(() => new Live(userId, after));
  useEffect(() => () => live.close(), [live]);
  return (
    <LiveContext value={live}>
      <RelayEnvironmentProvider environment={live.environment}>
        <Boundary>
          <SignedIn onPreferences={onPreferences} />
        </Boundary>
      </RelayEnvironmentProvider>
    </LiveContext>
  );
}

function Splash() {
  return <div className={classes["splash"]} role="status" aria-label={useCommon().loading} />;
}

function Unreachable({ retry }: { retry: () => void }) {
  const words = useCommon();
  return (
    <main className={classes["center"]} role="alert">
      <Empty icon="alert" title={words.failedTitle} action={<Button onPress={retry}>{words.retry}</Button>}>
        {words.failedBody}
      </Empty>
    </main>
  );
}
