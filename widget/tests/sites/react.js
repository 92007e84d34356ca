// A site by React Router: the address changes, nothing loads, two projects under one roof.
import { createElement as h, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Link, Outlet } from "react-router";
import { RouterProvider } from "react-router/dom";

const link = (to) => h(Link, { key: to, to }, to);
const Roof = () => [
  h("nav", { key: "nav" }, ["/palm", "/palm/plans", "/coral/plans", "/about"].map(link)),
  h("main", { key: "main" }, h(Outlet)),
];
const page = (path) => ({ path, element: h("h1", {}, `This is ${path}`) });
const router = createBrowserRouter([
  { element: h(Roof), children: ["/palm", "/palm/plans", "/coral/plans", "/about"].map(page) },
]);
createRoot(document.getElementById("root")).render(h(StrictMode, {}, h(RouterProvider, { router })));
