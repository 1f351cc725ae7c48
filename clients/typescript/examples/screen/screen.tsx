/** The markup that all examples share, independent of the GraphQL client. */
import { newKey, type Session, type SocketStatus } from "leadgate-client";
import { useEffect, useRef, useState, useSyncExternalStore, type FormEvent, type ReactNode } from "react";

/** A lead as the screen shows it. */
export interface LeadRow {
  readonly id: string;
  readonly title: string;
  readonly fee: number;
  readonly message: string;
  readonly status: string | null;
  readonly contact: { readonly fullName: string; readonly email?: string | null | undefined } | null | undefined;
}

/** The outcome of filing a complaint. */
export interface Filed {
  readonly number: string | null;
  readonly status: string | null;
  readonly total: number;
  readonly problems: readonly string[];
}

export interface DeskProps {
  readonly user: string;
  readonly points: number;
  readonly leads: readonly LeadRow[];
  readonly status: SocketStatus;
  /** Returns why it failed, or null. */
  readonly apply: (input: { leadId: string; introduction: string; idempotencyKey: string }) => Promise<string | null>;
  readonly complain: (input: { file: File; idempotencyKey: string }) => Promise<Filed>;
  readonly signOut: () => Promise<void>;
}

/** Resumes the session, and shows the sign-in form or, to signed-in users, the children. */
export function Page({ session, children }: { session: Session; children: (userId: string) => ReactNode }) {
  const state = useSyncExternalStore(session.follow, () => session.state);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    session.resume().catch((error: unknown) => setProblem(messageOf(error)));
  }, [session]);
  if (state.status === "unknown") return <p data-testid="resuming">{problem ?? "…"}</p>;
  if (state.status === "signed-in") return children(state.userId);
  return <SignIn session={session} reason={state.end?.message ?? null} />;
}

function SignIn({ session, reason }: { session: Session; reason: string | null }) {
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      await session.signIn(String(form.get("email")), String(form.get("password")));
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form onSubmit={submit}>
      {reason && <p data-testid="ended">{reason}</p>}
      <input data-testid="email" name="email" type="email" autoComplete="username" required />
      <input data-testid="password" name="password" type="password" autoComplete="current-password" required />
      <button data-testid="sign-in">Sign in</button>
      {problem && <p data-testid="problem">{problem}</p>}
    </form>
  );
}

/** The desk of a vendor. */
export function Desk(props: DeskProps) {
  return (
    <main data-testid="desk">
      <p>
        <span data-testid="user">{props.user}</span>, <span data-testid="points">{props.points}</span> points{" "}
        <button data-testid="sign-out" onClick={() => void props.signOut()}>
          Sign out
        </button>
      </p>
      <p data-testid="live" data-live={props.status.live}>
        {props.status.live ? "Live" : `Not live since ${new Date(props.status.since).toLocaleTimeString()}`}
      </p>
      <ul>
        {props.leads.map((lead) => (
          <Lead key={lead.id} lead={lead} apply={props.apply} />
        ))}
      </ul>
      <Complaint complain={props.complain} />
    </main>
  );
}

function Lead({ lead, apply }: { lead: LeadRow; apply: DeskProps["apply"] }) {
  const [problem, setProblem] = useState<string | null>(null);
  const key = useRef(newKey()); // one intended operation, even if the button is pressed more than once
  const submit = async () => {
    const introduction = "We have done similar work and can start on Monday.";
    setProblem(await apply({ leadId: lead.id, introduction, idempotencyKey: key.current }));
  };
  return (
    <li data-testid="lead" data-id={lead.id}>
      <b data-testid="title">{lead.title}</b> <span data-testid="message">{lead.message}</span>{" "}
      {lead.status ? (
        <i data-testid="status">{lead.status}</i>
      ) : (
        <button data-testid="apply" onClick={() => void submit()}>
          Apply for {lead.fee} points
        </button>
      )}
      {lead.contact && (
        <address data-testid="contact">
          {lead.contact.fullName}, {lead.contact.email}
        </address>
      )}
      {problem && <p data-testid="problem">{problem}</p>}
    </li>
  );
}

function Complaint({ complain }: { complain: DeskProps["complain"] }) {
  const [filed, setFiled] = useState<Filed | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (file: File | undefined) => {
    if (!file) return;
    try {
      setFiled(await complain({ file, idempotencyKey: newKey() }));
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <section>
      <label>
        Complain with a completed template:{" "}
        <input data-testid="file" type="file" onChange={(event) => void submit(event.target.files?.[0])} />
      </label>
      {filed?.number && (
        <p data-testid="complaint">
          {filed.number}: {filed.total} filed, {filed.status}
        </p>
      )}
      {filed?.problems.map((text) => (
        <p key={text} data-testid="row-problem">
          {text}
        </p>
      ))}
      {problem && <p data-testid="problem">{problem}</p>}
    </section>
  );
}

/** The text of an error, for people. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
