import { expect, test } from "vitest";
import { problemFor } from "../app/screens/operator/policies/problems.ts";

const LABELS = new Map([["reveal.reveal_after", "Time to answer before the reveal"]]);
const seconds = (value: number): string => `${value} seconds`;

test("a problem has labels and units in the place of paths and bare numbers", () => {
  const message = "reminder.review_reminder_after: 24 must be less than reveal.reveal_after (10); a reminder must come before the reveal";
  expect(problemFor("reminder.review_reminder_after", message, LABELS, seconds)).toBe(
    "24 seconds must be less than “Time to answer before the reveal” (10 seconds); a reminder must come before the reveal",
  );
});

test("so it is in other languages, whose problems name fields already", () => {
  const message = "24 muss kleiner sein als „Antwortfrist“ (10); die Erinnerung muss vor der Freigabe kommen.";
  expect(problemFor("reminder.review_reminder_after", message, LABELS, (value) => `${value} Sekunden`)).toBe(
    "24 Sekunden muss kleiner sein als „Antwortfrist“ (10 Sekunden); die Erinnerung muss vor der Freigabe kommen.",
  );
  const polish = "Wartość 24 musi być mniejsza niż „Czas” (10).";
  expect(problemFor("a.b", polish, LABELS, (value) => `${value} s`)).toBe("Wartość 24 s musi być mniejsza niż „Czas” (10 s).");
});

test("what is said of one value stays as it is, but for the path", () => {
  expect(problemFor("reveal.reveal_after", "reveal.reveal_after: 0 is not an integer from 1 to 10 (seconds)", LABELS, seconds)).toBe(
    "0 is not an integer from 1 to 10 (seconds)",
  );
});
