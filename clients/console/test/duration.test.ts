import { describe, expect, it } from "vitest";
import { secondsIn, unitOf } from "../app/parts/Duration.tsx";

describe("durations in forms", () => {
  it("says a duration in the unit in which policies say it", () => {
    expect([172_800, 129_600, 345_600, 5_400, 48, 0].map(unitOf)).toEqual(["hours", "hours", "days", "minutes", "seconds", "seconds"]);
    expect(unitOf(-7_200)).toBe("hours");
  });

  it("reads whole seconds of a number with a point or a comma", () => {
    expect(secondsIn("36", "hours")).toBe(129_600);
    expect(secondsIn(" 1,5 ", "hours")).toBe(5_400);
    expect(secondsIn("0.1", "minutes")).toBe(6);
    expect(secondsIn("-3", "seconds")).toBe(-3);
  });

  it("keeps what is no number of whole seconds as it was typed", () => {
    expect(["", "soon", "1.5", "1e99"].map((text) => secondsIn(text, "seconds"))).toEqual(["", "soon", "1.5", "1e99"]);
  });
});
