import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { Toasts } from "./Toasts";
import { notify, settleNotices } from "./toasts";

afterEach(() => act(settleNotices));

function show() {
  const ends: string[] = [];
  render(<Toasts />);
  act(() =>
    notify({
      text: "Event deleted",
      undo: () => ends.push("undone"),
      whenGone: () => ends.push("done"),
    }),
  );
  return ends;
}

test("undo takes it back, and what could not be undone is never done", async () => {
  const ends = show();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(ends).toEqual(["undone"]);
  expect(screen.queryByText("Event deleted")).toBeNull();
});

test("closing it is no undoing", async () => {
  const ends = show();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(ends).toEqual(["done"]);
});

test("who leaves the page has not undone", () => {
  const ends = show();
  act(() => {
    dispatchEvent(new Event("pagehide"));
  });
  expect(ends).toEqual(["done"]);
});

test("after one was undone the next one still goes by itself", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const ends = show();
  const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
  await user.click(screen.getByRole("button", { name: "Undo" }));
  act(() => notify({ text: "Another", whenGone: () => ends.push("gone") }));
  await act(() => vi.advanceTimersByTimeAsync(7000));
  vi.useRealTimers();
  expect(ends).toEqual(["undone", "gone"]);
});
