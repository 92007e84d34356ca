/**
 * All that the widget says. The launcher's few lines come with the loader; the panel is built once
 * for each language, with `texts.hi.ts` in place of `texts.en.ts`. A project's own `texts` win over
 * both, by the same keys.
 */
import type { Project } from "./projects.ts";
import panelTexts from "./texts.en.ts";

const launcherTexts = {
  launcher: "Ask about {project}",
  unread: "{count} new",
  dismiss: "Dismiss",
  failed: "That didn't load. Please try once more.",
};

/** Of these, what the panel says on the launcher. */
export type LauncherTexts = Pick<typeof launcherTexts, "launcher" | "unread">;
export type PanelTexts = typeof panelTexts;

/** One of the launcher's lines, when it is wanted. */
export const launcherText = ({ name, texts }: Project, key: keyof typeof launcherTexts): string =>
  fill(texts[key] ?? launcherTexts[key], name);

/** The panel's lines, the project's own among them. */
export const panelTextsOf = ({ name, texts }: Project): PanelTexts =>
  Object.fromEntries(
    Object.entries({ ...panelTexts, ...texts }).map(([key, text]) => [key, fill(text, name)]),
  ) as PanelTexts;

const fill = (text: string, name: string): string => text.replace("{project}", () => name);
