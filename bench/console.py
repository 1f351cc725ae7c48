"""Benchmark of the console in Chromium, against bare pages that do the same without any library."""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Request, expect

from bench.figures import Benchmark, Figure, Options, percentile, ratio
from tests.clients.console.chromium.api import ACCOUNT, PURCHASE, Person
from tests.clients.console.chromium.browser import (
    COMMAND,
    chromium,
    open_browser,
    open_window,
    settle,
    sign_in,
)
from tests.clients.console.chromium.events import credit
from tests.clients.console.sizes import first_load, screens
from tests.support.demo_server import DemoServer, demo_server

ROWS, SHOWN, FEE = 1_000, 10, 10
SCROLLING_MS = 3_000
LONGEST_MS = 300_000

# The first row, and when events arrive and their texts are seen: milliseconds by the page's own clock.
_WATCH = r"""
window.seen = { row: null, texts: {}, arrived: {} };
const now = () => performance.timeOrigin + performance.now();
const look = () => {
  const rows = document.querySelectorAll("[role=row]");
  if (window.seen.row === null && rows.length > 1) window.seen.row = performance.now();
  for (const { textContent } of rows) {
    const lead = /Bench lead \d+\./.exec(textContent)?.[0];
    if (lead && textContent.includes("Accepted")) window.seen.texts[lead] ??= now();
  }
};
new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      const at = now();
      const event = JSON.parse(data)?.payload?.data?.reveals;
      if (event?.lead) window.seen.arrived[event.lead.id] = { at, committed: Date.parse(event.at) };
    });
  }
};
"""
_FIRST_ROW = """() => {
  const [first] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/graphql"));
  return window.seen.row - first.startTime;
}"""
# The same requests as the console's, and its rows as plain text.
_BARE = """async ([signIn, frame, screen]) => {
  const began = performance.now();
  const ask = async (body, token) => {
    const headers = { "Content-Type": "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    return (await fetch("/graphql", { method: "POST", headers, body })).json();
  };
  const token = (await ask(signIn)).data.signIn.accessToken;
  const [, { data }] = await Promise.all([ask(frame, token), ask(screen, token)]);
  const table = document.createElement("table");
  for (const { node } of data.leads.edges) {
    const cell = table.insertRow().insertCell();
    cell.textContent = Object.values(node).filter((value) => typeof value !== "object").join(" ");
  }
  document.body.replaceChildren(table);
  return performance.now() - began;
}"""
_SCROLL = """(milliseconds) => new Promise((resolve) => {
  let frames = 0;
  const began = performance.now();
  const next = () => {
    frames++;
    scrollBy(0, 60);
    if (scrollY + innerHeight >= document.documentElement.scrollHeight - 1) scrollTo(0, 0);
    if (performance.now() - began < milliseconds) requestAnimationFrame(next);
    else resolve(frames);
  };
  requestAnimationFrame(next);
})"""
_HEIGHT = "document.documentElement.scrollHeight"
_EMPTY = "(height) => { document.body.replaceChildren(); document.body.style.height = `${height}px`; }"


async def run(options: Options) -> list[Figure]:
    """Start a server and a browser, and measure; without Chromium, only sizes."""
    sizes = [
        Figure("first load, compressed", first_load() / 1000, "kB", most=300),
        Figure("largest other screen, compressed", max(screens().values()) / 1000, "kB", most=40),
    ]
    executable = chromium()
    if executable is None:
        return [*sizes, Figure("in the browser", 0, note=f"Chromium is not installed: {COMMAND}")]
    # In a process of its own: Playwright and the server's start have event loops of their own.
    command = [
        sys.executable,
        "-m",
        "bench.console",
        str(executable),
        *(["--quick"] if options.quick else []),
    ]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the measurements failed with exit code {process.returncode}")
    return sizes + [Figure(**one) for one in json.loads(output.splitlines()[-1])]


def _in_browser(executable: Path, options: Options) -> list[Figure]:
    figures: list[Figure] = []
    parts: tuple[tuple[Callable[[DemoServer, BrowserContext, int], list[Figure]], int], ...] = (
        (_first_row, options.pick(20, 4)),
        (_events, options.pick(200, 30)),
        (_frames, options.pick(5, 2)),
    )
    with (
        demo_server(rate_limit_cost_per_minute=0, demo_hour_seconds=3_600) as server,
        open_browser(executable) as browser,
    ):
        for measure, count in parts:
            with open_window(browser) as window:
                window.set_default_timeout(LONGEST_MS)
                figures += measure(server, window, count)
    return figures


def _first_row(server: DemoServer, window: BrowserContext, rounds: int) -> list[Figure]:
    """From the request that signs in to the first row, the console and a bare page in turns."""
    window.add_init_script(_WATCH)
    bodies = _requests(window.new_page(), server)
    console, bare = [], []
    for _ in range(rounds):
        page = window.new_page()
        _open(page, server)
        console.append(page.evaluate(_FIRST_ROW))
        page.goto(f"{server.address}/healthz")
        bare.append(page.evaluate(_BARE, bodies))
        page.close()
    return [
        Figure("sign-in to first row", percentile(console, 0.5), "ms"),
        Figure("the same on a bare page", percentile(bare, 0.5), "ms"),
        Figure("ratio of the two", ratio(console, bare), most=1.5),
    ]


def _open(page: Page, server: DemoServer) -> None:
    sign_in(page, server.address, "vendor", "/leads")
    page.get_by_role("row").nth(1).wait_for()


def _requests(page: Page, server: DemoServer) -> list[str]:
    """Return the requests of a screen: to sign in, for the frame, and for the screen; and fill the cache."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    _open(page, server)
    settle(page)
    page.close()
    return [request.post_data or "" for request in sent[:3]]


def _events(server: DemoServer, window: BrowserContext, count: int) -> list[Figure]:
    """From the commit of an acceptance to the page's socket, and to the word in its row."""
    prospect, vendor = Person(server.address, "prospect"), Person(server.address, "vendor")
    account = vendor.run(ACCOUNT)["viewer"]["account"]["id"]
    operator = Person(server.address, "operator")
    operator.run(PURCHASE, accountId=account, points=count * FEE, idempotencyKey="console")
    window.add_init_script(_WATCH)
    socket: list[float] = []
    text: list[float] = []
    for first in range(0, count, SHOWN):
        leads = [
            prospect.publish(f"Bench{number}", f"Bench lead {number}.").lead_id
            for number in range(first, min(first + SHOWN, count))
        ]
        for lead in leads:
            vendor.apply(lead)
        page = window.new_page()
        sign_in(page, server.address, "vendor", "/applications")
        settle(page)
        rows = page.get_by_role("row")
        for lead in leads:
            prospect.accept(lead)
            expect(rows.filter(has_text=f"Bench lead {first + leads.index(lead)}.")).to_contain_text(
                "Accepted"
            )
        seen = page.evaluate("window.seen")
        for number, lead in enumerate(leads, first):
            arrived = seen["arrived"][lead]
            socket.append(arrived["at"] - arrived["committed"])
            text.append(seen["texts"][f"Bench lead {number}."] - arrived["committed"])
        page.close()
    slow, fast = percentile(text, 0.99), percentile(socket, 0.99)
    return [
        Figure("event to socket: p99", fast, "ms", note=f"{count}"),
        Figure("event to text on the screen: p50", percentile(text, 0.5), "ms"),
        Figure("event to text on the screen: p99", slow, "ms"),
        Figure("ratio of the two p99", slow / fast, most=2),
    ]


def _frames(server: DemoServer, window: BrowserContext, rounds: int) -> list[Figure]:
    """How many frames are drawn while a long list is scrolled, and an empty page of its height."""
    credit(server, "rival", *range(1, ROWS + 1))
    page, empty = window.new_page(), window.new_page()
    empty.goto(f"{server.address}/healthz")
    sign_in(page, server.address, "rival", "/notices")
    settle(page)
    rows, more = page.get_by_role("row"), page.get_by_role("button", name="Show more")
    while (shown := rows.count()) <= ROWS:
        more.click()
        expect(rows).not_to_have_count(shown, timeout=LONGEST_MS)
    empty.evaluate(_EMPTY, page.evaluate(_HEIGHT))
    full: list[float] = []
    none: list[float] = []
    for _ in range(rounds):
        for one, counts in ((page, full), (empty, none)):
            one.bring_to_front()
            counts.append(one.evaluate(_SCROLL, SCROLLING_MS))
    return [
        Figure(
            "frames while scrolling",
            percentile(full, 0.5) * 1_000 / SCROLLING_MS,
            "per second",
            note=f"{shown:,} rows",
        ),
        Figure("frames of an empty page", percentile(none, 0.5) * 1_000 / SCROLLING_MS, "per second"),
        Figure("ratio of the two", ratio(full, none), least=0.9),
    ]


BENCHMARK = Benchmark(
    "console",
    "The console in Chromium",
    "A vendor signs in and reads open leads, alternately in the console and on a bare page that sends the "
    "same requests and shows their rows as plain text; timed from the first request to the first row. Then a "
    "prospect accepts applications that the vendor's list shows: timed from the time of the event to its "
    "arrival at the page's socket, and to the word in its row. Then 1,000 rows are scrolled, and an empty "
    "page of their height.",
    run,
)


if __name__ == "__main__":
    measured = _in_browser(Path(sys.argv[1]), Options(quick="--quick" in sys.argv))
    sys.stdout.write(json.dumps([asdict(one) for one in measured]) + "\n")
