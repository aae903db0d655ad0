/** Waits until Picket has gone and is there again. */
import { topics } from "./topics";

/** What of the connection is watched. */
interface Watched {
  link: () => { isUp: boolean };
  listenToLink: (changed: () => void) => () => void;
}

/** True once the connection was lost and came back; false when that takes too long. */
export function cameBack(within_ms: number, watched: Watched = topics): Promise<boolean> {
  return new Promise((settle) => {
    let wasDown = !watched.link().isUp;
    const end = (isBack: boolean) => {
      clearTimeout(timer);
      stop();
      settle(isBack);
    };
    const timer = setTimeout(() => end(false), within_ms);
    const stop = watched.listenToLink(() => {
      if (!watched.link().isUp) wasDown = true;
      else if (wasDown) end(true);
    });
  });
}
