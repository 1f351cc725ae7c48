/** One chat: messages arrive as they are written, and hidden contact data appears in them by itself. */
import { atChange, newKey, Session, SignInError, Socket } from "leadgate-client";
import { FOLLOW, NEWEST, READ, SEND, THREAD, type Message, type Thread, type Update } from "./documents.ts";

const session = new Session({ url: "/graphql" });
const part = <Part extends HTMLElement>(name: string): Part => document.querySelector<Part>(`[data-testid=${name}]`)!;

async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await session.request<Data>({ query, variables });
  if (!data) throw new Error(errors?.[0]?.message ?? "no answer");
  return data;
}

/** Follows the chat of an application until the page is closed. */
class Chat {
  readonly #id: string;
  #last = "";
  #cancel = (): void => {};
  #reading: Promise<void> = Promise.resolve();

  constructor(id: string) {
    this.#id = id;
  }

  async follow(): Promise<void> {
    await this.show();
    const socket = new Socket({
      session,
      onGap: () => this.show(),
      onStatus: ({ live }) => (part("live").textContent = live ? "live" : "not connected"),
    });
    socket.subscribe<{ chatMessages: Update }>(
      { query: FOLLOW, variables: { id: this.#id, after: this.#last } },
      { next: () => void this.show(), error: (problem) => console.error(problem), complete() {} },
    );
  }

  /** Reads the thread again, one time after another. */
  show(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#show());
    return this.#reading;
  }

  async #show(): Promise<void> {
    const { service, node } = await ask<Thread>(THREAD, { id: this.#id });
    const { messages, chat } = node;
    this.#cancel();
    const times = messages.nodes.map(({ decision }) => decision.changesAt);
    this.#cancel = atChange(times, service.now, () => void this.show());
    this.#last = messages.nodes.at(-1)!.cursor;
    part("messages").replaceChildren(...messages.nodes.map(line));
    part("unread").textContent = String(chat.unread);
    part("access").textContent = chat.access.message;
    part("access").dataset["outcome"] = chat.access.outcome;
  }

  async send(text: string): Promise<string | null> {
    const input = { applicationId: this.#id, text, idempotencyKey: newKey() };
    const { chatMessageSend } = await ask<{ chatMessageSend: { userErrors: { message: string }[] } }>(SEND, { input });
    return chatMessageSend.userErrors[0]?.message ?? null;
  }

  /** Marks all messages on the page as read. */
  async read(): Promise<void> {
    const through = part("messages").lastElementChild?.getAttribute("data-id");
    await ask(READ, { input: { applicationId: this.#id, through } });
    await this.show();
  }
}

function line(message: Message): HTMLLIElement {
  const item = document.createElement("li");
  item.dataset["testid"] = "message";
  item.dataset["id"] = message.id;
  item.dataset["side"] = message.side;
  const system = message.side === "SYSTEM"; // a notification: nobody wrote it
  const [author, text, why] = ["b", system ? "em" : "span", "small"].map((name) => document.createElement(name));
  author!.textContent = `${message.author}: `;
  text!.textContent = message.text;
  const read = message.readByOtherAt ? " ✓" : "";
  const hidden = message.shownToOther ? ` The other side reads: ${message.shownToOther}` : "";
  why!.textContent = message.decision.changesAt ? ` ${message.decision.message}` : `${read}${hidden}`;
  item.append(author!, text!, why!);
  return item;
}

part<HTMLFormElement>("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const given = new FormData(form);
  try {
    await session.signIn(String(given.get("email")), String(given.get("password")));
  } catch (problem) {
    if (!(problem instanceof SignInError)) throw problem;
    return alert(problem.message);
  }
  const wanted = new URLSearchParams(location.search).get("application");
  const { applications } = await ask<{ applications: { nodes: { id: string }[] } }>(NEWEST);
  const id = wanted ?? applications.nodes[0]?.id;
  if (!id) return alert("There is no application yet.");
  const chat = new Chat(id);
  form.hidden = true;
  part("chat").hidden = false;
  await chat.follow();
  part("messages").addEventListener("click", () => void chat.read());
  part<HTMLFormElement>("write").addEventListener("submit", async (sent) => {
    sent.preventDefault();
    const text = part<HTMLInputElement>("text");
    const refusal = await chat.send(text.value);
    part("refusal").textContent = refusal;
    if (refusal === null) text.value = ""; // what was refused stays, to be copied or corrected
  });
});
