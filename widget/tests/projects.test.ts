import assert from "node:assert/strict";
import { test } from "node:test";
import { type Project, pickProject } from "../src/projects.ts";

const site = (id: string, path_prefix: string, by_hand = false) =>
  ({ id, path_prefix, by_hand, hidden_paths: [] as string[] }) as unknown as Project;
const brand = [
  site("brand", "/"),
  site("palm-grove", "/palm-grove"),
  site("palm-grove-villas", "/palm-grove/villas/"),
  site("coral-bay", "/", true),
];
const picked = (path: string, named?: string) => pickProject(brand, path, named)?.id;

test("the longest prefix wins", () => {
  assert.equal(picked("/"), "brand");
  assert.equal(picked("/palm-grove/plans"), "palm-grove");
  assert.equal(picked("/palm-grove/villas/12"), "palm-grove-villas");
});

test("a prefix ends at a segment border", () => {
  assert.equal(picked("/palm-grove"), "palm-grove");
  assert.equal(picked("/palm-grove/"), "palm-grove");
  assert.equal(picked("/palm-groves"), "brand");
  assert.equal(picked("/palm-grove/villas"), "palm-grove-villas");
});

test("a project by hand is picked by name alone", () => {
  assert.equal(picked("/", "coral-bay"), "coral-bay");
  assert.equal(pickProject([site("coral-bay", "/", true)], "/", undefined), undefined);
});

test("a named project must be among those of the host, and the page on its site", () => {
  assert.equal(picked("/palm-grove", "urban-nest"), undefined);
  assert.equal(picked("/palm-grove/plans", "palm-grove"), "palm-grove");
  assert.equal(picked("/about", "palm-grove"), undefined);
});

test("a doubled slash counts as one", () => {
  assert.equal(picked("//palm-grove//plans"), "palm-grove");
});

test("a page outside every prefix has no project", () => {
  assert.equal(pickProject([site("palm-grove", "/palm-grove")], "/about", undefined), undefined);
});

test("a project may hide its widget on paths, with stars for anything", () => {
  const hiding = (...hidden_paths: string[]) => [{ ...site("palm-grove", "/"), hidden_paths }];
  const shown = (path: string, ...patterns: string[]) =>
    !!pickProject(hiding(...patterns), path, undefined);
  assert.ok(!shown("/careers", "/careers"));
  assert.ok(!shown("/careers/", "/careers"));
  assert.ok(shown("/careers/jobs", "/careers"));
  assert.ok(!shown("/careers/jobs", "/careers*"));
  assert.ok(!shown("/en/thank-you", "/*/thank-you"));
  assert.ok(shown("/thank-you-note", "/a", "/thank-you"));
  assert.ok(shown("/axb", "/a.b"), "a dot is a dot");
});

test("a hidden page is not another project's", () => {
  const both = [
    { ...site("brand", "/"), hidden_paths: [] as string[] },
    { ...site("palm-grove", "/palm-grove"), hidden_paths: ["/palm-grove/careers"] },
  ];
  assert.equal(pickProject(both, "/palm-grove/careers", undefined), undefined);
});
