import { expect, test, vi } from "vitest";
import { News } from "../app/data/news.ts";

/** Answers that a test gives when it likes, in the order of the questions. */
class Server {
  readonly answers: ((answer: string) => void)[] = [];
  readonly ask = (): Promise<string> => new Promise((answer) => this.answers.push(answer));
  async answer(text: string): Promise<void> {
    this.answers.shift()?.(text);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

test("a read that news overtake is repeated, and both answers are taken", async () => {
  const [news, server, taken] = [new News(), new Server(), [] as string[]];
  const done = news.read("list", server.ask, (answer) => taken.push(answer) > 0);
  news.note();
  news.note();
  await server.answer("old");
  expect(taken).toEqual(["old"]);
  expect(server.answers).toHaveLength(1);
  await server.answer("new");
  await done;
  expect(taken).toEqual(["old", "new"]);
  expect(server.answers).toHaveLength(0);
});

test("a storm of news is read in growing pauses, and once more after it", async () => {
  vi.useFakeTimers();
  const news = new News();
  const asked: number[] = [];
  const storm = setInterval(() => news.note(), 2);
  const done = news.read("list", () => new Promise((answer) => void setTimeout(answer, 15, asked.push(Date.now()))), () => true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.length).toBeLessThan(15);
  clearInterval(storm);
  await vi.advanceTimersByTimeAsync(2_100);
  await done;
  const last = asked.length;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(last);
  vi.useRealTimers();
});

test("a read is not repeated without news, nor for nobody", async () => {
  const [news, server] = [new News(), new Server()];
  news.note();
  const calm = news.read("list", server.ask, () => true);
  await server.answer("once");
  await calm;
  const left = news.read("list", server.ask, () => false);
  news.note();
  await server.answer("unseen");
  await left;
  expect(server.answers).toHaveLength(0);
});

test("an answer is behind the news that came after its question, until it is asked again", async () => {
  const [news, server] = [new News(), new Server()];
  expect(news.isBehind("list")).toBe(false);
  const first = news.read("list", server.ask, () => true);
  expect(news.isBehind("list")).toBe(false);
  await server.answer("first");
  await first;
  expect(news.isBehind("list")).toBe(false);
  news.note();
  expect(news.isBehind("list")).toBe(true);
  expect(news.isBehind("another")).toBe(false);
  void news.read("list", server.ask, () => true);
  expect(news.isBehind("list")).toBe(false);
});

test("a read that fails leaves nothing that could be behind", async () => {
  const news = new News();
  await expect(news.read("list", () => Promise.reject(new Error("no")), () => true)).rejects.toThrow("no");
  news.note();
  expect(news.isBehind("list")).toBe(false);
});
