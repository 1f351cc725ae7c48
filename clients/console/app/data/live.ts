/**
 * What happens while the page is open. All windows of a user share one socket: the one that has a lock follows the
 * feeds and passes each event on; each window writes it into its own store.
 */
import { Socket } from "leadgate-client";
import { createOperationDescriptor, getRequest, graphql, type Environment, type GraphQLTaggedNode, type MutableRecordSource } from "relay-runtime";
import { clock } from "./clock.ts";
import { createEnvironment } from "./network.ts";
import { News } from "./news.ts";
import { home, session } from "./session.ts";
import { Watched } from "./store.ts";

/** An event of a feed, after it was written into the store. */
export interface LiveEvent {
  readonly feed: Feed;
  /** The kind of a notification, such as APPLICATION_RECEIVED; REVEAL for contact data that was revealed. */
  readonly kind: string;
  /** The object that it is about, if there is one. */
  readonly subjectId: string | null;
  /** What a notification says. */
  readonly title: string | null;
  readonly body: string | null;
  /** Whether it asks for something that has not passed. */
  readonly current: boolean;
}

export type Feed = "notifications" | "reveals";
export type LiveStatus = { readonly live: boolean; readonly since: number };

const NOTIFICATIONS = graphql`
  subscription liveNotificationsSubscription($after: Cursor) {
    notifications(after: $after) {
      __typename
      ... on Notification {
        id
        cursor
        kind
        title
        body
        action
        actionUntil
        current
        at
        readAt
        account {
          id
          points
          pointsOnHold
        }
        subject {
          __typename
          id
          ... on Application {
            version
            status
            reviewedAt
            answeredAt
            revealedAt
            refundedAt
            meetingAt
            proposedMeetingAt
          }
          ... on Complaint {
            version
            complaintStatus: status # the other type has a field of this name, and another type
            decidedAt
          }
        }
      }
      ... on FeedGap {
        cursor
      }
    }
  }
`;

const REVEALS = graphql`
  subscription liveRevealsSubscription($after: Cursor) {
    reveals(after: $after) {
      __typename
      ... on RevealEvent {
        cursor
        at
        lead {
          id
          visibility {
            outcome
            ruleId
            message
            changesAt
            nextOutcome
          }
          contact {
            fullName
            organisation
            email
            phone
            phoneExtension
            timeZone
          }
        }
        application {
          id
          version
          status
          revealedAt
        }
        account {
          id
          points
          pointsOnHold
        }
      }
      ... on FeedGap {
        cursor
      }
    }
  }
`;

const DOCUMENTS: Readonly<Record<Feed, GraphQLTaggedNode>> = { notifications: NOTIFICATIONS, reveals: REVEALS };

type Payload = Record<string, { __typename: string; cursor: string } & Record<string, unknown>>;
type Message =
  | { readonly what: "event"; readonly feed: Feed; readonly data: Payload }
  | { readonly what: "status"; readonly status: LiveStatus }
  | { readonly what: "ask" };

export class Live {
  readonly environment: Environment;
  /** Noted before listeners are called: a read that begins afterwards has what the event tells of. */
  readonly news = new News();
  readonly status = new Watched<LiveStatus>({ live: true, since: clock.now() });
  /** Increases when the lists must be read again: events are missing. */
  readonly readings = new Watched(0);
  /** The position of the last event of a call that a screen has got; null before the first. */
  callsAfter: string | null = null;
  readonly #name: string;
  readonly #socket: Socket;
  readonly #channel: BroadcastChannel;
  readonly #after: string;
  readonly #positions = new Map<Feed, string>();
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  readonly #closing = new AbortController();
  #leads = false;

  /** `after` is the position of the feeds before the first list is read. */
  constructor(userId: string, after: string) {
    this.#after = after;
    this.#socket = new Socket({ session, onStatus: ({ live }) => this.#report(live) });
    this.environment = createEnvironment(this.#socket, this.news);
    this.#name = `leadgate:live:${home.pathname}:${userId}`;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<Message>) => this.#hear(data));
    document.addEventListener("visibilitychange", this.#wake, { signal: this.#closing.signal });
  }

  /** Follows these feeds, here or through the window that does. */
  start(feeds: readonly Feed[]): void {
    this.#tell({ what: "ask" });
    const { signal } = this.#closing;
    // Rejects when this window closes before it has the lock.
    navigator.locks.request(this.#name, { signal }, () => this.#lead(feeds)).catch(() => {});
  }

  /** Calls `listener` after each event; returns a function that stops this. */
  follow(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Has all lists read again. */
  readonly reread = (): void => {
    this.news.note();
    this.readings.set(this.readings.value + 1);
  };

  /** Ends the socket, and empties the store: nothing of the session stays. */
  close(): void {
    this.#closing.abort();
    this.#socket.close();
    this.#channel.close();
    this.#listeners.clear();
    const source = this.environment.getStore().getSource() as MutableRecordSource;
    source.clear();
  }

  /** Follows the feeds until this window closes; the lock then goes to another window. */
  async #lead(feeds: readonly Feed[]): Promise<void> {
    this.#leads = true;
    const { signal } = this.#closing;
    for (const feed of feeds) this.#followFeed(feed);
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  }

  #followFeed(feed: Feed): void {
    const { id } = getRequest(DOCUMENTS[feed]).params;
    const stop = this.#socket.subscribe<Payload>(
      { documentId: `sha256:${id}`, variables: { after: this.#positions.get(feed) ?? this.#after } },
      {
        next: ({ data }) => {
          if (!data) return;
          this.#tell({ what: "event", feed, data });
          this.#take(feed, data);
        },
        error: () => this.#report(false),
        complete: () => {},
      },
    );
    this.#closing.signal.addEventListener("abort", stop);
  }

  #take(feed: Feed, data: Payload): void {
    const event = data[feed];
    if (!event) return;
    const after = this.#positions.get(feed) ?? this.#after;
    this.#positions.set(feed, event.cursor);
    if (event.__typename === "FeedGap") {
      this.reread();
      return;
    }
    const request = getRequest(DOCUMENTS[feed]);
    this.news.note();
    this.environment.commitPayload(createOperationDescriptor(request, { after }), data);
    const subject = event["subject"] ?? event["application"] ?? event["lead"];
    const text = (name: string): string | null => (typeof event[name] === "string" ? event[name] : null);
    const told: LiveEvent = {
      feed,
      kind: text("kind") ?? "REVEAL",
      subjectId: typeof subject === "object" && subject !== null && "id" in subject ? String(subject.id) : null,
      title: text("title"),
      body: text("body"),
      current: event["current"] !== false,
    };
    for (const listener of [...this.#listeners]) listener(told);
  }

  #report(live: boolean): void {
    const status = { live, since: clock.now() };
    this.status.set(status);
    if (this.#leads) this.#tell({ what: "status", status });
  }

  #hear(message: Message): void {
    if (message.what === "event") this.#take(message.feed, message.data);
    else if (message.what === "status") this.status.set(message.status);
    else if (this.#leads) this.#tell({ what: "status", status: this.status.value });
  }

  #tell(message: Message): void {
    this.#channel.postMessage(message);
  }

  #hiddenAt: number | null = null;

  /** A window that was hidden for long may have been frozen: what it missed is read again. */
  readonly #wake = (): void => {
    if (document.hidden) this.#hiddenAt = Date.now();
    else if (this.#hiddenAt !== null && Date.now() - this.#hiddenAt > LONG_HIDDEN_MS && !this.#leads) this.reread();
  };
}

const LONG_HIDDEN_MS = 120_000;
