import type { Conversion } from "./conversions.ts";

/** One project as `GET /v1/widget` describes it (docs/guide/visitor-api.md). */
export interface Project {
  id: string;
  name: string;
  path_prefix: string;
  by_hand: boolean;
  language: string;
  country: string;
  time_zone: string;
  phone: { calling_code: string; digits: number[]; mobile_digits: number[]; adjective: string };
  theme: "light" | "dark" | "auto";
  accent: string;
  on_accent: string;
  accent_dark: string;
  on_accent_dark: string;
  position: "left" | "right";
  size: "compact" | "regular" | "large";
  launcher: "circle" | "pill";
  logo_url: string | null;
  logo_path: string | null;
  greeting: string;
  hours_line: string | null;
  legal_line: string | null;
  quick_replies: string[];
  office: Office | null;
  bubble: Bubble | null;
  /** `*` stands for anything. */
  hidden_paths: string[];
  sound: boolean;
  conversions: Conversion[];
  /** Whether a conversation begins with what the page says. */
  snapshot?: boolean;
  texts: Record<string, string>;
  consent: Consent;
}

/** When people answer, and what is said while they do not: `{opens}` is when they are back. */
export interface Office {
  /** `Mo-Fr 10:00-19:00` */
  hours: string[];
  greeting: string;
  line: string;
}

export interface Bubble {
  text: string;
  after_seconds: number | null;
  on_exit: boolean;
}

export interface Consent {
  version: string;
  text: string;
  required: boolean;
}

/** For `Intl`: the project's language as it is written in its country, unless it names one itself. */
export const localeOf = ({ language, country }: Pick<Project, "language" | "country">): string =>
  language.includes("-") ? language : `${language}-${country}`;

/**
 * The page's project: among those whose path prefix begins the path at a segment border, the one
 * that the tag names, otherwise the one with the longest prefix, those by hand left out. None where
 * the project hides its widget on this path.
 */
export function pickProject(
  projects: Project[],
  path: string,
  named: string | undefined,
): Project | undefined {
  const page = asFolder(path);
  const project = projects
    .filter((project) => (named ? project.id === named : !project.by_hand))
    .filter(({ path_prefix: prefix }) => page.startsWith(asFolder(prefix)))
    .sort((a, b) => b.path_prefix.length - a.path_prefix.length)[0];
  return project?.hidden_paths?.some((pattern) => matches(pattern, path)) ? undefined : project;
}

/** Between slashes; the service reads a doubled one as one, as web servers do. */
const asFolder = (path: string): string => ["", ...path.split("/").filter(Boolean), ""].join("/");

/** The last slash does not count: `/careers` is `/careers/` too. */
function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return RegExp(`^${parts.join(".*")}/?$`).test(path);
}
