import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useTurns } from "./useTurns";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the next turn follows a pause after the last one is over", () => {
  const { result } = renderHook(() => useTurns(2));
  act(() => vi.advanceTimersByTime(10_000));
  expect(result.current[0]).toBe(0);
  act(() => result.current[1]());
  act(() => vi.advanceTimersByTime(1_900));
  expect(result.current[0]).toBe(0);
  act(() => vi.advanceTimersByTime(200));
  expect(result.current[0]).toBe(1);
});
