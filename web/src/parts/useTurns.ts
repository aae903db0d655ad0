/** One thing after another, with a pause between: pictures that are fetched again and again. */
import { useCallback, useEffect, useRef, useState } from "react";

/** The number of the turn, and what is called when it is over; the next one follows a pause. */
export function useTurns(pause_s: number): [turn: number, done: () => void] {
  const [turn, setTurn] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const done = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTurn((last) => last + 1), pause_s * 1000);
  }, [pause_s]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return [turn, done];
}
