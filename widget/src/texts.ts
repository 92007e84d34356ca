/**
 * All that the widget says. A language is a row in each table; a project's own `texts` win over it,
 * by the same keys. Two tables, so that the loader carries its own two lines only.
 */
import type { Project } from "./projects.ts";

const launcherTexts = {
  en: {
    launcher: "Ask about {project}",
    failed: "That didn't load. Please try once more.",
  },
};

const panelTexts = {
  en: {
    close: "Close",
  },
};

export type PanelTexts = (typeof panelTexts)["en"];

/** The row for the project's language, English where there is none, under the project's own texts. */
function pick<Texts extends Record<string, string>>(
  table: { en: Texts } & Partial<Record<string, Texts>>,
  { language, name, texts }: Project,
): Texts {
  const row = { ...table.en, ...table[language.split("-")[0]!], ...texts };
  return Object.fromEntries(
    Object.entries(row).map(([key, text]) => [key, text.replace("{project}", name)]),
  ) as Texts;
}

export const launcherTextsOf = (project: Project) => pick(launcherTexts, project);
export const panelTextsOf = (project: Project) => pick(panelTexts, project);
