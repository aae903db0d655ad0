/** The text editor of the configuration file. Large, so it is loaded when it is needed. */
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  HighlightStyle,
  indentService,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { unifiedMergeView } from "@codemirror/merge";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Problem } from "@/api/answer";
import { look } from "./look";
import { indentAfter, keyAt, placeAt } from "./place";
import { keysAt, type Schema, tellAt, valuesAt } from "./schema";

export interface Editor {
  text: () => string;
  mark: (problems: readonly Problem[]) => void;
  goTo: (line: number) => void;
  end: () => void;
}

interface Wish {
  label: string; // for those who hear it
  text: string;
  schema: Schema;
  changed: (text: string) => void;
  save: () => void; // Ctrl+S
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.content], color: "var(--text)" },
  { tag: [tags.number, tags.bool, tags.keyword], color: "var(--motion)" },
  { tag: tags.comment, color: "var(--text-dim)", fontStyle: "italic" },
]);

const common: Extension = [
  yaml(),
  lineNumbers(),
  syntaxHighlighting(colours),
  look,
  EditorView.lineWrapping,
];

/**
 * Into a shadow tree: there, style sheets are made by script, where in the page itself CodeMirror
 * would write a style element, which the content security policy forbids.
 */
function show(host: HTMLElement, text: string, extensions: Extension): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const parent = document.createElement("div");
  parent.style.height = "100%";
  root.replaceChildren(parent);
  const state = EditorState.create({ doc: text, extensions: [common, extensions] });
  return new EditorView({ parent, root, state });
}

/** Open an editor in an element; Escape, then Tab, leaves it by keyboard. */
export function openEditor(host: HTMLElement, wish: Wish): Editor {
  const saveIt = () => {
    wish.save();
    return true;
  };
  const save = { key: "Mod-s", preventDefault: true, run: saveIt };
  const view = show(host, wish.text, [
    history(),
    indentUnit.of("  "),
    indentService.of(({ state }, position) => indentAfter(state.doc.lineAt(position).text)),
    highlightActiveLine(),
    highlightSelectionMatches(),
    lintGutter(),
    autocompletion({ override: [(context) => complete(context, wish.schema)] }),
    hoverTooltip((view, position) => explain(view.state.doc, position, wish.schema)),
    keymap.of([
      save,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ "aria-label": wish.label }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) wish.changed(state.doc.toString());
    }),
  ]);
  return {
    text: () => view.state.doc.toString(),
    mark: (problems) =>
      view.dispatch(setDiagnostics(view.state, marksOf(view.state.doc, problems))),
    goTo: (line) => {
      const { from } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from) });
      view.focus();
    },
    end: () => view.destroy(),
  };
}

/** Show what a new text changes in an old one. */
export function openDifference(host: HTMLElement, label: string, before: string, after: string) {
  const view = show(host, after, [
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ "aria-label": label }),
    unifiedMergeView({
      original: before,
      mergeControls: false,
      collapseUnchanged: { margin: 2, minSize: 4 },
    }),
  ]);
  return () => view.destroy();
}

function marksOf(doc: Text, problems: readonly Problem[]): Diagnostic[] {
  return problems
    .filter(({ line }) => line >= 1 && line <= doc.lines)
    .map(({ line, message }) => {
      const { from, to, text } = doc.line(line);
      return { from: from + text.length - text.trimStart().length, to, severity: "error", message };
    });
}

const linesOf = (doc: Text, upTo: number) => doc.sliceString(0, upTo).split("\n");

function complete(context: CompletionContext, schema: Schema): CompletionResult | null {
  const { number, from } = context.state.doc.lineAt(context.pos);
  const lines = linesOf(context.state.doc, context.pos);
  const { path, isValue, typed } = placeAt(lines, number - 1, context.pos - from);
  if (typed === "" && !context.explicit && !isValue) return null;
  const options = isValue
    ? valuesOf(schema, path)
    : [...namesOf(schema, path), ...valuesOf(schema, path)];
  return options.length === 0
    ? null
    : { from: context.pos - typed.length, options, validFor: /^\w*$/ };
}

function namesOf(schema: Schema, path: readonly string[]) {
  return keysAt(schema, path).map(({ label, detail, info, hasChildren }) => ({
    label,
    detail,
    type: "property",
    apply: hasChildren ? `${label}:` : `${label}: `,
    ...(info === "" ? {} : { info }),
  }));
}

function valuesOf(schema: Schema, path: readonly string[]) {
  return valuesAt(schema, path).map((label) => ({ label, type: "constant" }));
}

function explain(doc: Text, position: number, schema: Schema) {
  const { number, from } = doc.lineAt(position);
  const path = keyAt(linesOf(doc, doc.line(number).to), number - 1, position - from);
  const said = path === null ? "" : tellAt(schema, path);
  if (path === null || said === "") return null;
  return {
    pos: position,
    create: () => {
      const dom = document.createElement("div");
      const name = document.createElement("strong");
      name.textContent = path.at(-1) ?? "";
      dom.append(name, ` ${said}`);
      dom.className = "cm-told";
      return { dom };
    },
  };
}
