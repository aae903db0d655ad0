import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Refused } from "@/api/answer";
import { Await } from "./Await";

function Page({ answer }: { answer: () => Promise<string> }) {
  const query = useQuery({ queryKey: ["it"], queryFn: answer, retry: false });
  return <Await query={query}>{(value) => <p>{value}</p>}</Await>;
}

function show(answer: () => Promise<string>) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Page answer={answer} />
    </QueryClientProvider>,
  );
}

test("the place is kept until the value is there", async () => {
  show(async () => "all well");
  expect(screen.getByRole("status", { name: "Loading" })).toBeVisible();
  expect(await screen.findByText("all well")).toBeVisible();
});

test("a refusal is told in the server's words, and can be asked again", async () => {
  const answers = [
    Promise.reject(new Refused(404, "There is no camera pond")),
    Promise.resolve("it"),
  ];
  show(() => answers.shift() ?? Promise.resolve("too often"));
  expect(await screen.findByText("There is no camera pond")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("it")).toBeVisible();
});

test("nobody there is told with its cure", async () => {
  show(() => Promise.reject(new Refused(null, "TypeError: fetch failed")));
  expect(await screen.findByText(/Is Picket running/)).toBeVisible();
});
