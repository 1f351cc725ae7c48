/** Requests with files, with how many bytes have left this machine: `fetch` does not say it, `XMLHttpRequest` does. */
import { Watched } from "./store.ts";

/** Bytes of a request's body; `total` is 0 until the browser knows it. */
export interface Upload {
  readonly sent: number;
  readonly total: number;
}

/** The upload that this page sends; null if none runs. After the last byte it stays until the answer is there. */
export const upload = new Watched<Upload | null>(null);

const RESPONSE_WITHOUT_BODY = new Set([101, 204, 205, 304]);

function headersOf(text: string): Headers {
  const headers = new Headers();
  for (const line of text.trim().split(/[\r\n]+/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** Sends a form as `fetch` does, and says how far it is; rejects with `TypeError` if the connection is lost. */
export function sendForm(url: string, init: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(init.method ?? "POST", url);
    request.responseType = "arraybuffer";
    new Headers(init.headers).forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total, lengthComputable }) =>
      upload.set({ sent: loaded, total: lengthComputable ? total : 0 });
    const end = (): void => upload.set(null);
    request.onload = () => {
      end();
      const { status, statusText } = request;
      const body = RESPONSE_WITHOUT_BODY.has(status) ? null : (request.response as ArrayBuffer);
      resolve(new Response(body, { status, statusText, headers: headersOf(request.getAllResponseHeaders()) }));
    };
    request.onerror = () => {
      end();
      reject(new TypeError("The connection was lost."));
    };
    request.onabort = () => {
      end();
      reject(new DOMException("The request was aborted.", "AbortError"));
    };
    init.signal?.addEventListener("abort", () => request.abort());
    upload.set({ sent: 0, total: 0 });
    request.send(init.body as FormData);
  });
}
