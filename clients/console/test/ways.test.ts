import { expect, test } from "vitest";
import { inOrder } from "../app/parts/ways.ts";

const way = (medium: string, permission: string, right = "GIVEN") => ({ medium, right: { outcome: right }, permission: { outcome: permission } });
const WAYS = [way("CALL", "WAIT"), way("SMS", "FORBIDDEN"), way("EMAIL", "ALLOWED"), way("CHAT", "FORBIDDEN", "MISSING"), way("MEETING", "ALLOWED")];
const order = (advice: string) => inOrder(WAYS, advice).map(({ medium }) => medium);

test("the advised way comes first, even if it has to wait, then those that are allowed, and the others last", () => {
  expect(order("CALL_LATER")).toEqual(["CALL", "EMAIL", "MEETING", "SMS", "CHAT"]);
  expect(order("MEET")).toEqual(["MEETING", "EMAIL", "CALL", "SMS", "CHAT"]);
});

test("a way without permission never comes first", () => {
  expect(order("CHAT")).toEqual(["EMAIL", "MEETING", "CALL", "SMS", "CHAT"]);
  expect(order("DO_NOT_CONTACT")).toEqual(["EMAIL", "MEETING", "CALL", "SMS", "CHAT"]);
});
