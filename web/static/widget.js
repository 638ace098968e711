// Puts a button on another site's page that opens the chat in a dialog:
//   <script src="https://acobot.example/widget.js" defer data-label="…"></script>
// Without `data-label` the button has the service's own words, in its language.
// It shares nothing with that page but one message ("close"), and loads the chat when the button is first pressed.

(() => {
  const script = document.currentScript;
  const service = new URL(script.src).origin;
  const texts = "TEXTS OF THE WIDGET"; // an object in its place: `ask`, `close`, `new_tab`, `lang` and `dir`
  const label = script.dataset.label || texts.ask;

  const host = document.createElement("div");
  host.lang = texts.lang;
  host.dir = texts.dir;
  const shadow = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet(); // not a <style>, which a strict page would refuse
  style.replaceSync(`
    :host { all: initial; color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
    button { min-height: 2.75rem; padding: 0.5rem 1.25rem; font: inherit; font-weight: 600; cursor: pointer;
      color: #ffffff; background: #0b4f6c; border: 2px solid #ffffff; border-radius: 0.4rem; }
    :focus-visible { outline: 3px solid #b34700; outline-offset: 2px; }
    .open { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483000; }
    dialog { box-sizing: border-box; width: min(100vw - 1rem, 42rem); height: min(100dvh - 1rem, 48rem);
      max-width: none; max-height: none; padding: 0; border: 1px solid #4a5763; border-radius: 0.5rem; overflow: hidden;
      color: #16202a; background: #ffffff; }
    dialog::backdrop { background: rgb(0 0 0 / 50%); }
    dialog[open] { display: flex; flex-direction: column; }
    .bar { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; padding: 0.5rem 0.75rem;
      border-bottom: 1px solid #4a5763; }
    .bar h2 { flex: 1; margin: 0; font-size: 1.1rem; }
    .bar a { padding: 0.25rem 0; color: #0b4f8a; }
    .bar button { min-height: 2.25rem; padding: 0.25rem 0.9rem; }
    iframe { flex: 1; width: 100%; border: 0; }
    @media (prefers-color-scheme: dark) {
      dialog { color: #e9eef2; background: #12181e; }
      .bar a { color: #8cc4f5; }
      :focus-visible { outline-color: #ffb070; }
    }`);
  shadow.adoptedStyleSheets = [style];

  const open = make("button", { className: "open", type: "button", textContent: label });
  open.setAttribute("aria-haspopup", "dialog");
  const dialog = make("dialog");
  dialog.setAttribute("aria-labelledby", "title");
  const bar = make("div", { className: "bar" });
  const close = make("button", { type: "button", textContent: texts.close });
  bar.append(
    make("h2", { id: "title", textContent: label }),
    make("a", { href: `${service}/`, target: "_blank", rel: "noopener noreferrer", textContent: texts.new_tab }),
    close,
  );
  const frame = make("iframe", { title: label, referrerPolicy: "no-referrer", allow: "clipboard-write" });
  dialog.append(bar);
  shadow.append(open, dialog);

  open.addEventListener("click", () => {
    if (!frame.src) {
      frame.src = `${service}/embed`;
      dialog.append(frame);
    }
    dialog.showModal();
    close.focus();
  });
  close.addEventListener("click", () => dialog.close());
  window.addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && event.data === "acobot:close") dialog.close();
  });

  function make(kind, properties = {}) {
    return Object.assign(document.createElement(kind), properties);
  }

  if (document.body) document.body.append(host);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(host));
})();
