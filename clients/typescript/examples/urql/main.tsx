/** A vendor's desk with urql. */
import type { SocketStatus } from "leadgate-client";
import { Desk, Page } from "leadgate-example-screen";
import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { Provider, useMutation, useQuery, useSubscription } from "urql";
import { connect, session } from "./client.ts";
import { APPLY, COMPLAIN, DESK, REVEALS } from "./documents.ts";

function User() {
  const [status, setStatus] = useState<SocketStatus>({ live: false, since: Date.now() });
  const reread = useRef(() => {});
  const [{ client, close }] = useState(() => connect({ onStatus: setStatus, onGap: () => reread.current() }));
  useEffect(() => close, [close]);
  return (
    <Provider value={client}>
      <Leads status={status} reread={reread} />
    </Provider>
  );
}

function Leads({ status, reread }: { status: SocketStatus; reread: { current: () => void } }) {
  const [{ data }, read] = useQuery({ query: DESK, variables: {} });
  const [, apply] = useMutation(APPLY);
  const [, complain] = useMutation(COMPLAIN);
  useSubscription({ query: REVEALS, variables: {} });
  useEffect(() => {
    reread.current = () => read({ requestPolicy: "network-only" });
  }, [read, reread]);
  if (!data) return <p>…</p>;
  return (
    <Desk
      user={data.viewer.user.name}
      points={data.viewer.account?.points ?? 0}
      leads={data.leads.edges.map(({ node }) => ({
        ...node,
        message: node.visibility.message,
        status: node.application?.status ?? null,
      }))}
      status={status}
      apply={async (input) => {
        const { data, error } = await apply({ input });
        return error?.message ?? data?.applicationSubmit.userErrors[0]?.message ?? null;
      }}
      complain={async (input) => {
        const { data, error } = await complain({ input });
        if (!data) throw error ?? new Error("No data.");
        const { complaint, rowErrors, userErrors } = data.complaintFile;
        return {
          number: complaint?.number ?? null,
          status: complaint?.status ?? null,
          total: complaint?.counts.total ?? 0,
          problems: [...userErrors, ...rowErrors].map(({ message }) => message),
        };
      }}
      signOut={() => session.signOut()}
    />
  );
}

createRoot(document.getElementById("root")!).render(
  <Page session={session}>{(userId) => <User key={userId} />}</Page>,
);
