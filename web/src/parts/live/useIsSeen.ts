/** Whether anybody can see an element: in view, and in the tab that is shown. */
import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";

const MARGIN_PX = 100; // begun a little before it comes into view

export function useIsSeen(element: RefObject<Element | null>): boolean {
  const [isInView, setIsInView] = useState(false);
  const isTabShown = useSyncExternalStore(listenToTab, () => !document.hidden);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setIsInView(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: `${MARGIN_PX}px` },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isInView && isTabShown;
}

function listenToTab(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}
