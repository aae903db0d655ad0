/** Starts the page. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./app/tokens.css";
import "./app/base.css";
import { topics } from "./api/topics";
import { App } from "./app/App";
import { listenForOffer } from "./parts/installing";
import { applyTheme, storedTheme } from "./parts/theme";

applyTheme(storedTheme());
topics.start();
listenForOffer();
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
