// The chat for other sites' pages: a button that opens it in a dialog. Either a line alone, which puts the button there,
//   <script src="https://acobot.example/widget.js" defer data-label="…"></script>
// or, beside it, an element in a place of the page's own, themable by custom properties (docs/embedding.md):
//   <acobot-chat label="…"></acobot-chat>
// Without a label the button has the service's own words, in its language.
// It shares nothing with the page but one message ("close"), and loads the chat when it is first opened.

(() => {
  const script = document.currentScript;
  const service = new URL(script.src).origin;
  const texts = "TEXTS OF THE WIDGET"; // an object in its place: `ask`, `close`, `new_tab`, `lang` and `dir`
  const name = "acobot-chat";
  let added; // the element that stands for a page which has none of its own

  const style = new CSSStyleSheet(); // not a <style>, which a strict page would refuse
  style.replaceSync(`
    :host { all: initial; color-scheme: light dark; font: var(--acobot-font, 1rem/1.5 system-ui, sans-serif); }
    button { min-height: 2.75rem; padding: 0.5rem 1.25rem; font: inherit; font-weight: 600; cursor: pointer;
      color: var(--acobot-on-colour, #ffffff); background: var(--acobot-colour, #0b4f6c);
      border: 2px solid var(--acobot-on-colour, #ffffff); border-radius: var(--acobot-radius, 0.4rem); }
    :focus-visible { outline: 3px solid var(--acobot-focus, #b34700); outline-offset: 2px; }
    .open { position: var(--acobot-position, fixed); right: var(--acobot-right, 1rem);
      bottom: var(--acobot-bottom, 1rem); z-index: 2147483000; }
    dialog { box-sizing: border-box; width: min(100vw - 1rem, var(--acobot-width, 42rem));
      height: min(100dvh - 1rem, var(--acobot-height, 48rem));
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
      :focus-visible { outline-color: var(--acobot-focus, #ffb070); }
    }`);

  class AcobotChat extends HTMLElement {
    static observedAttributes = ["label"];
    #dialog;
    #frame;
    #closer;
    #heard = (event) => {
      if (event.source === this.#frame.contentWindow && event.data === "acobot:close") this.close();
    };

    connectedCallback() {
      if (added && added !== this) {
        added.remove();
        added = undefined;
      }
      if (!this.shadowRoot) this.#build();
      window.addEventListener("message", this.#heard);
    }

    disconnectedCallback() {
      window.removeEventListener("message", this.#heard);
    }

    attributeChangedCallback() {
      if (this.shadowRoot) this.#name();
    }

    /** Opens the dialog, as the button does. */
    open() {
      if (!this.#frame.src) {
        this.#frame.src = `${service}/embed`;
        this.#dialog.append(this.#frame);
      }
      if (!this.#dialog.open) this.#dialog.showModal();
      this.#closer.focus();
    }

    /** Closes it; what was said stays. */
    close() {
      this.#dialog.close();
    }

    #name() {
      const label = this.getAttribute("label") || script.dataset.label || texts.ask;
      for (const named of this.shadowRoot.querySelectorAll(".open, h2")) named.textContent = label;
      this.#frame.title = label;
    }

    #build() {
      this.lang ||= texts.lang;
      this.dir ||= texts.dir;
      const shadow = this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [style];
      const button = make("button", { className: "open", type: "button", part: "button" });
      button.setAttribute("aria-haspopup", "dialog");
      this.#dialog = make("dialog", { part: "dialog" });
      this.#dialog.setAttribute("aria-labelledby", "title");
      this.#closer = make("button", { type: "button", textContent: texts.close, lang: texts.lang });
      const bar = make("div", { className: "bar" });
      bar.append(
        make("h2", { id: "title" }),
        make("a", {
          href: `${service}/`,
          target: "_blank",
          rel: "noopener noreferrer",
          textContent: texts.new_tab,
          lang: texts.lang, // the label may be in another
        }),
        this.#closer,
      );
      this.#frame = make("iframe", { referrerPolicy: "no-referrer", allow: "clipboard-write" });
      this.#dialog.append(bar);
      shadow.append(button, this.#dialog);
      button.addEventListener("click", () => this.open());
      this.#closer.addEventListener("click", () => this.close());
      this.#name();
    }
  }

  function make(kind, properties = {}) {
    return Object.assign(document.createElement(kind), properties);
  }

  function addWhereNoneIs() {
    if (!document.querySelector(name)) document.body.append((added = document.createElement(name)));
  }

  if (customElements.get(name)) return; // the script stands there twice
  customElements.define(name, AcobotChat);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", addWhereNoneIs);
  else addWhereNoneIs();
})();
