import { expect, test } from "vitest";
import { said } from "../app/data/refusals.ts";

const words = (field: string[], message: string): string => said({ field: ["input", ...field], message }, (at) => `<${at}>`);

test("what begins with the path of its field is said without it", () => {
  expect(words(["meetingAt"], "meetingAt: must be in the future.")).toBe("Must be in the future.");
  expect(words(["period", "to"], "period.to: must be after `from`.")).toBe("Must be after `from`.");
  expect(words(["hours", "0", "from"], "hours[0].from: write a time.")).toBe("Write a time.");
  expect(words(["contact", "email"], "email: is not an email address.")).toBe("Is not an email address.");
});

test("what begins with other words stays as it is", () => {
  expect(words(["note"], "Reason for the call: ask the caller.")).toBe("Reason for the call: ask the caller.");
  expect(words(["points"], "Das Konto hätte zu viele Punkte. Guthaben: 5.")).toBe(
    "Das Konto hätte zu viele Punkte. Guthaben: 5.",
  );
  expect(words(["text"], "title: is another field's.")).toBe("title: is another field's.");
  expect(words(["points"], "This costs 10 points: too many.")).toBe("This costs 10 points: too many.");
});

test("each line of a long refusal is kept", () => {
  expect(words(["ids"], "ids: the first.\nThe second.")).toBe("The first.\nThe second.");
});

test("a time of the API is said as people say it", () => {
  const now = "2026-11-30T03:55:26.776912+00:00";
  expect(words(["meetingAt"], `meetingAt: must be after the current time (${now}).`)).toBe(`Must be after the current time (<${now}>).`);
  expect(words([], "The note could be corrected until 2026-11-30T03:55:26Z.")).toBe("The note could be corrected until <2026-11-30T03:55:26Z>.");
});
