/** Places in a text that somebody is writing. */

/** A place in a field's text, in UTF-16 units, as `setSelectionRange` counts them. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly message: string;
}

/** Where a found text stands now, which may have moved while somebody typed; null if it is gone. */
export function placeOf({ text, message }: { readonly text: string; readonly message: string }, written: string): Place | null {
  const start = written.indexOf(text);
  return start < 0 ? null : { start, end: start + text.length, text, message };
}

/** Returns the part of a text between two positions in Unicode code points, as the server counts. */
export const codePoints = (text: string, start: number, end: number): string => [...text].slice(start, end).join("");
