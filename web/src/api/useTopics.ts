/** Topics for components. */
import { useCallback, useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { type Link, type Listener, type Payload, topics } from "./topics";

/** The last payload of a topic: `useTopic("front/motion")`; undefined while nothing was told. */
export function useTopic(topic: string): Payload | undefined {
  const listen = useCallback((changed: () => void) => topics.listen(topic, changed), [topic]);
  return useSyncExternalStore(listen, () => topics.newest(topic));
}

/** Call a function for each message of a topic, or of all with `*`. */
export function useMessages(topic: string, hear: Listener): void {
  const latest = useEffectEvent(hear);
  useEffect(() => topics.listen(topic, (payload, told) => latest(payload, told)), [topic]);
}

/** Whether Picket can be reached. */
export function useLink(): Link {
  return useSyncExternalStore(
    (changed) => topics.listenToLink(changed),
    () => topics.link(),
  );
}
