/** Moving a camera: one word after the other, in order. */
import { tell } from "@/api/client";
import { notify } from "@/parts/toasts";
import { say } from "@/words";

/** What a camera can do, of the features that it names. */
export interface Abilities {
  canTurn: boolean;
  canZoom: boolean;
  presets: readonly string[];
}

export function abilitiesOf(told: {
  features?: readonly string[];
  presets?: readonly string[];
}): Abilities {
  const { features = [], presets = [] } = told;
  return { canTurn: features.includes("pt"), canZoom: features.includes("zoom"), presets };
}

/** Whether there is anything to press. */
export function canMove({ canTurn, canZoom, presets }: Abilities): boolean {
  return canTurn || canZoom || presets.length > 0;
}

/** Says words to one camera; the next waits for the one before, so that STOP is the last. */
export function makeMover(camera: string): (command: string) => void {
  let last: Promise<unknown> = Promise.resolve();
  const move = async (command: string) => {
    const answer = await tell("post", "/api/{camera}/ptz", { camera }, { command });
    if (answer.kind !== "failed") return;
    notify({ text: say("ptz.failed", { reason: answer.message }), tone: "alert" });
  };
  return (command) => {
    last = last.then(() => move(command));
  };
}
