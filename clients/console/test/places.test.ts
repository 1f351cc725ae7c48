import { expect, test } from "vitest";
import { codePoints, placeOf } from "../app/data/places.ts";

test("positions of the server are code points, those of a field are UTF-16 units", () => {
  const written = "🦊 call 030 123";
  const text = codePoints(written, 7, 14);
  expect(text).toBe("030 123");
  expect(placeOf({ text, message: "" }, written)).toMatchObject({ start: 8, end: 15 });
});

test("a place follows its text, and is gone with it", () => {
  const found = { text: "030 123", message: "a phone number" };
  expect(placeOf(found, "Please call 030 123")).toMatchObject({ start: 12, message: "a phone number" });
  expect(placeOf(found, "Please call 030 12")).toBeNull();
});
