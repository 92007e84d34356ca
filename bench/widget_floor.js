// The least that a launcher with a panel can cost a page: one script, one button, one empty panel.
(() => {
  const host = document.createElement("widget-floor");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    ":host{all:initial;position:fixed;right:20px;bottom:20px}button{width:56px;height:56px}" +
      "[role=dialog]{position:absolute;right:0;bottom:68px;width:384px;height:640px;background:#fff}",
  );
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.className = "launcher";
  button.setAttribute("aria-label", "Ask");
  button.onclick = () => {
    const panel = document.createElement("div");
    panel.setAttribute("role", "dialog");
    const input = document.createElement("textarea");
    panel.append(input);
    root.append(panel);
    input.focus();
  };
  root.append(button);
  document.documentElement.append(host);
})();
