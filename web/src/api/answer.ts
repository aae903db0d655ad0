/** A mistake in a configuration file. */
export interface Problem {
  line: number; // from 1; 0 when there is none to point at
  key: string; // such as "cameras.front.detect.fps"
  message: string;
}

/** What became of a question. A failure is a value, so a page cannot forget it. */
export type Answer<T> =
  | { kind: "ok"; value: T }
  | { kind: "aborted" }
  | { kind: "failed"; status: number | null; message: string; problems?: readonly Problem[] };

/** A failed answer on its way through the query library, which knows failures as thrown errors. */
export class Refused extends Error {
  /** HTTP status; null when nobody answered. */
  readonly status: number | null;

  constructor(status: number | null, message: string) {
    super(message);
    this.name = "Refused";
    this.status = status;
  }
}

/** The value of a good answer. Throws: Refused, and AbortError for a question taken back. */
export function orThrow<T>(answer: Answer<T>): T {
  switch (answer.kind) {
    case "ok":
      return answer.value;
    case "aborted":
      throw new DOMException("Nobody waits for this answer any more", "AbortError");
    case "failed":
      throw new Refused(answer.status, answer.message);
  }
}
