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
 * The page's project: the one that its tag names, otherwise the one with the longest path prefix
 * that begins the path at a segment border, those by hand left out.
 */
export function pickProject(
  projects: Project[],
  path: string,
  named: string | undefined,
): Project | undefined {
  if (named) return projects.find((project) => project.id === named);
  return projects
    .filter((project) => !project.by_hand && begins(path, project.path_prefix))
    .sort((a, b) => b.path_prefix.length - a.path_prefix.length)[0];
}

function begins(path: string, prefix: string): boolean {
  const border = prefix.endsWith("/") ? prefix : `${prefix}/`;
  return `${path}/`.startsWith(border);
}
