/** A WebSocket whose server is the test. */

type Message = { readonly type: string; readonly id?: string; readonly payload?: any };

/** A server of connections; `accepts` returns whether a token is valid. */
export class FakeSockets {
  readonly opened: FakeSocket[] = [];
  accepts: (token: string) => boolean = () => true;
  /** Called with each subscription. */
  onSubscribe: (socket: FakeSocket, id: string, payload: any) => void = () => {};

  /** The constructor to pass as `webSocketImpl`. */
  get implementation(): unknown {
    const sockets = this;
    return class extends FakeSocket {
      constructor() {
        super(sockets);
        sockets.opened.push(this);
      }
    };
  }

  /** Resolves when this many connections have a subscription. */
  async subscribed(count: number): Promise<FakeSocket> {
    for (let turns = 0; turns < 2000; turns++) {
      const socket = this.opened[count - 1];
      if (socket?.subscription) return socket;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`connection ${count} has no subscription`);
  }
}

export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readyState = FakeSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  readonly sent: Message[] = [];
  token: string | null = null;
  subscription: { readonly id: string; readonly payload: any } | null = null;
  readonly #sockets: FakeSockets;

  constructor(sockets: FakeSockets) {
    this.#sockets = sockets;
    queueMicrotask(() => {
      this.readyState = FakeSocket.OPEN;
      this.onopen?.();
    });
  }

  send(text: string): void {
    const message: Message = JSON.parse(text);
    this.sent.push(message);
    if (message.type === "connection_init") {
      this.token = String(message.payload.Authorization).replace("Bearer ", "");
      if (this.#sockets.accepts(this.token)) this.receive({ type: "connection_ack" });
      else this.cut(4403);
    } else if (message.type === "subscribe") {
      this.subscription = { id: String(message.id), payload: message.payload };
      this.#sockets.onSubscribe(this, String(message.id), message.payload);
    }
  }

  close(code = 1000, reason = ""): void {
    this.cut(code, reason);
  }

  /** Ends the connection from the server's side. */
  cut(code = 1006, reason = ""): void {
    if (this.readyState === FakeSocket.CLOSED) return;
    this.readyState = FakeSocket.CLOSED;
    queueMicrotask(() => this.onclose?.({ code, reason }));
  }

  /** Delivers an event of the feed. */
  event(cursor: string, more: object = { __typename: "RevealEvent" }): void {
    this.receive({ type: "next", id: this.subscription?.id ?? "", payload: { data: { reveals: { cursor, ...more } } } });
  }

  receive(message: Message): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }
}
