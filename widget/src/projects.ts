/** One project as `GET /v1/widget` describes it (docs/guide/visitor-api.md). */
export interface Project {
  id: string;
  name: string;
  path_prefix: string;
  by_hand: boolean;
  language: string;
  country: string;
  accent: string;
  on_accent: string;
  position: "left" | "right";
  greeting: string;
  hours_line: string | null;
  legal_line: string | null;
  quick_replies: string[];
  texts: Record<string, string>;
  consent: Consent;
}

export interface Consent {
  version: string;
  text: string;
  required: boolean;
}

/**
 * The page's project: among those whose path prefix begins the path at a segment border, the one
 * that the tag names, otherwise the one with the longest prefix, those by hand left out.
 */
export function pickProject(
  projects: Project[],
  path: string,
  named: string | undefined,
): Project | undefined {
  // The service reads a doubled slash as one, as web servers do.
  const page = `${path}/`.replace(/\/{2,}/g, "/");
  return projects
    .filter((project) => (named ? project.id === named : !project.by_hand))
    .filter(({ path_prefix: prefix }) => page.startsWith(prefix.replace(/\/?$/, "/")))
    .sort((a, b) => b.path_prefix.length - a.path_prefix.length)[0];
}
