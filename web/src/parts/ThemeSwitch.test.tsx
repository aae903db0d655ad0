import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { ThemeSwitch } from "./ThemeSwitch";
import { applyTheme, storedTheme } from "./theme";

afterEach(() => {
  localStorage.clear();
  applyTheme("system");
});

test("without a choice the device decides", () => {
  expect(storedTheme()).toBe("system");
  localStorage.setItem("picket.theme", "purple");
  expect(storedTheme()).toBe("system");
});

test("a choice by keyboard is shown and remembered", async () => {
  render(<ThemeSwitch />);
  await userEvent.tab();
  await userEvent.keyboard("{Enter}{ArrowDown}{Enter}");
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(storedTheme()).toBe("dark");
});
