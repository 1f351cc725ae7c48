/** A vendor's desk with Relay. */
import type { SocketStatus } from "leadgate-client";
import { Page } from "leadgate-example-screen";
import { Suspense, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { RelayEnvironmentProvider } from "react-relay";
import { connect, session } from "./client.ts";
import { Leads } from "./Desk.tsx";

function User() {
  const [status, setStatus] = useState<SocketStatus>({ live: false, since: Date.now() });
  const [readings, setReadings] = useState(0);
  const reread = () => setReadings((count) => count + 1);
  const [{ environment, close }] = useState(() => connect({ onStatus: setStatus, onGap: reread }));
  useEffect(() => close, [close]);
  return (
    <RelayEnvironmentProvider environment={environment}>
      <Suspense fallback={<p>…</p>}>
        <Leads status={status} readings={readings} />
      </Suspense>
    </RelayEnvironmentProvider>
  );
}

createRoot(document.getElementById("root")!).render(
  <Page session={session}>{(userId) => <User key={userId} />}</Page>,
);
