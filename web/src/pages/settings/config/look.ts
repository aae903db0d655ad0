/** How the text editor looks: as the rest of the page, in both appearances. */
import { EditorView } from "@codemirror/view";

const box = {
  backgroundColor: "var(--surface)",
  color: "var(--text)",
  border: "1px solid var(--line-strong)",
  borderRadius: "var(--radius)",
};

export const look = EditorView.theme({
  "&": {
    height: "100%",
    fontSize: "13px",
    backgroundColor: "var(--surface)",
    color: "var(--text)",
  },
  "&.cm-focused": { outline: "2px solid var(--focus)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": {
    backgroundColor: "var(--surface)",
    color: "var(--text-dim)",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in oklab, transparent, var(--text) 6%)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, ::selection": {
    backgroundColor: "color-mix(in oklab, transparent, var(--accent) 35%)",
  },
  ".cm-tooltip, .cm-panels": box,
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-completionInfo": { maxWidth: "36ch", padding: "8px" },
  ".cm-told": { maxWidth: "60ch", padding: "8px", fontFamily: "var(--font)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--alert)", fontFamily: "var(--font)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--alert)",
    textUnderlineOffset: "3px",
  },
  ".cm-deletedChunk": {
    backgroundColor: "color-mix(in oklab, transparent, var(--alert) 14%)",
    color: "var(--text)",
  },
  ".cm-changedLine, .cm-insertedLine": {
    backgroundColor: "color-mix(in oklab, transparent, var(--good) 16%) !important",
  },
  ".cm-collapsedLines::before, .cm-collapsedLines::after": { content: "'…'" },
  ".cm-collapsedLines": {
    color: "var(--text-dim)",
    background: "var(--raised)",
  },
});
