// Adds answers to the conversation in place. The page works without it: the form then loads a whole page.

const main = document.querySelector("#main");
const form = document.querySelector("#ask");
const box = document.querySelector("#question");
const button = form.querySelector("button");
const conversation = document.querySelector("#conversation");
const problem = document.querySelector("#problem");
const state = document.querySelector("#state");
const counter = document.querySelector("#counter");
const heard = document.querySelector("#heard");

const texts = JSON.parse(form.dataset.texts);
const plurals = new Intl.PluralRules(document.documentElement.lang);

const PATIENCE = 30_000; // milliseconds
const COUNT_FROM = 100; // characters left
const PAUSE = 1_000; // milliseconds without a key before the count is said

document.documentElement.classList.add("scripted");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!button.disabled) ask();
});

// Return asks, as in a box of one line; Shift and Return begins a new line.
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

box.addEventListener("input", count);

conversation.addEventListener("click", (event) => {
  const clicked = event.target.closest("a.edit, button");
  if (clicked?.matches(".edit")) {
    event.preventDefault();
    edit(clicked.dataset.question);
  } else if (clicked?.matches(".copy")) {
    copy(clicked);
  } else if (clicked?.matches(".print")) {
    window.print();
  }
});

// On paper a link is its address.
window.addEventListener("beforeprint", () => {
  for (const link of conversation.querySelectorAll(".citations a, .tools a")) link.dataset.address = link.href;
});

async function ask() {
  tell("");
  setBusy(true);
  try {
    show(await fetchAnswer());
  } catch (error) {
    tell(error.message);
    box.focus();
    form.scrollIntoView({ block: "nearest" });
  } finally {
    setBusy(false);
  }
}

// The fragment that holds the answer and the form's new history; throws what to tell where there is none.
async function fetchAnswer() {
  const body = new URLSearchParams(new FormData(form));
  const headers = { "X-Acobot-Fragment": "1" };
  const signal = AbortSignal.timeout(PATIENCE);
  const reply = await fetch(form.action, { method: "POST", headers, body, signal }).catch(() => null);
  const text = await reply?.text().catch(() => null);
  if (text == null) {
    throw new Error(texts.unreachable);
  }
  const fragment = document.createElement("template");
  fragment.innerHTML = text;
  if (!reply.ok || !fragment.content.querySelector("article")) {
    const said = fragment.content.querySelector("[data-problem]")?.textContent;
    throw new Error(said || texts.unanswered);
  }
  return fragment.content;
}

function show(fragment) {
  const answer = fragment.querySelector("article");
  form.querySelector("#history").replaceWith(fragment.querySelector("#history"));
  main.classList.add("begun");
  conversation.append(answer);
  setBusy(false);
  place();
  box.value = "";
  count();
  keep();
  answer.querySelector("h2").focus({ preventScroll: true });
  answer.scrollIntoView();
  say(answer.dataset.heard);
}

// The one box stands beside the newest answer, before where that comes from.
function place() {
  [...conversation.querySelectorAll(".more")].at(-1)?.before(form);
}

function edit(question) {
  box.value = question;
  count();
  box.focus();
  form.scrollIntoView({ block: "nearest" });
}

// Links in the text begin their lines with "/"; elsewhere they need the service's address before it.
async function copy(clicked) {
  try {
    await navigator.clipboard.writeText(clicked.dataset.text.replace(/^\//gm, `${location.origin}/`));
    clicked.textContent = texts.copied;
    say(texts.copied_heard);
  } catch {
    clicked.textContent = texts.cannot_copy;
    say(clicked.textContent);
  }
}

let pause;

// Characters are counted as the service does, by code points; said only once the typing pauses.
function count() {
  const left = Number(box.dataset.most) - Array.from(box.value).length;
  const words = left < 0 ? counted(texts.too_many, -left) : left <= COUNT_FROM ? counted(texts.left, left) : "";
  counter.textContent = words;
  counter.classList.toggle("over", left < 0);
  clearTimeout(pause);
  if (words) pause = setTimeout(() => say(words), PAUSE);
}

// The form of a text that goes with a number, by the language's own rule.
function counted(forms, number) {
  return (forms[plurals.select(number)] ?? forms.other).replace("{count}", number);
}

// The conversation stays with the tab's entry for this page, so that it is there again when somebody comes back from a
// source or loads the page anew.
function keep() {
  const answers = conversation.cloneNode(true);
  answers.querySelector("#ask")?.remove();
  history.replaceState({ answers: answers.innerHTML, history: form.querySelector("#history").value }, "");
}

function restore() {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type === "navigate" || !history.state?.answers) return;
  conversation.innerHTML = history.state.answers;
  place();
  form.querySelector("#history").value = history.state.history;
  main.classList.add("begun");
}

// Once, to those who listen: what others see.
function say(words) {
  heard.textContent = words;
}

function tell(words) {
  problem.textContent = words;
  box.setAttribute("aria-invalid", String(words !== ""));
}

function setBusy(busy) {
  state.textContent = busy ? texts.looking : "";
  button.disabled = busy;
}

restore();
count();

// Inside another site's dialog: Escape closes it, wherever the focus is.
if (window.parent !== window) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") window.parent.postMessage("acobot:close", "*");
  });
}
