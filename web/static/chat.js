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
const QUESTION_REFUSED = [400, 422]; // statuses that say that something is wrong with what was asked
const COUNT_FROM = 100; // characters left
const PAUSE = 1_000; // milliseconds without a key before the count is said
const NAMED_ANEW = 4_000; // milliseconds for which a button says what it has done

let busy = false;

document.documentElement.classList.add("scripted");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!busy) ask();
});

// Return asks, as in a box of one line; Shift and Return begins a new line.
box.addEventListener("keydown", (event) => {
  // Safari ends a composition before it tells of the key that ended it, whose code is then 229.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});

box.addEventListener("input", count);

conversation.addEventListener("click", (event) => {
  const clicked = event.target.closest(".edit, .suggestions a, button");
  if (opensBeside(event)) return;
  if (clicked?.matches(".suggestions a")) {
    event.preventDefault();
    if (!busy) ask(clicked.textContent);
  } else if (clicked?.matches(".edit")) {
    event.preventDefault();
    edit(clicked.dataset.question);
  } else if (clicked?.matches(".copy")) {
    copy(clicked);
  } else if (clicked?.matches(".print")) {
    window.print();
  }
});

// On paper a link is its address, and nothing can be opened.
window.addEventListener("beforeprint", () => {
  for (const link of conversation.querySelectorAll(".citations a, .tools a")) link.dataset.address = link.href;
  for (const closed of conversation.querySelectorAll("details:not([open])")) {
    closed.open = true;
    closed.dataset.printed = "";
  }
});

window.addEventListener("afterprint", () => {
  for (const opened of conversation.querySelectorAll("details[data-printed]")) {
    opened.open = false;
    delete opened.dataset.printed;
  }
});

// A place within the page is an entry of its own in the tab's history.
window.addEventListener("hashchange", () => {
  if (conversation.querySelector("article")) keep();
});

// Who starts again leaves nothing behind that comes back with "Back", where the browser keeps a page as it was left.
form.querySelector("a.after").addEventListener("click", (event) => {
  if (opensBeside(event)) return;
  history.replaceState(null, "");
  window.addEventListener("pageshow", () => location.reload());
});

// A link to the page that is open would put an empty one in its place, without a way back: there one asks on.
for (const link of document.querySelectorAll('header a[href="/"]')) {
  link.addEventListener("click", (event) => {
    const isHere = location.pathname + location.search === "/" && conversation.querySelector("article");
    if (opensBeside(event) || !isHere) return;
    event.preventDefault();
    box.focus();
    form.scrollIntoView({ block: "nearest" });
  });
}

// Whether a click opens its link in a tab or window of its own.
function opensBeside(event) {
  return event.metaKey || event.ctrlKey || event.shiftKey;
}

// What the box holds, or a question that is clicked: what somebody has begun to type stays.
async function ask(question = box.value) {
  tell("");
  setBusy(true);
  try {
    show(await fetchAnswer(question), question);
  } catch (error) {
    box.value ||= question;
    count();
    tell(error.message, box.value === question && QUESTION_REFUSED.includes(error.cause));
    box.focus();
    form.scrollIntoView({ block: "nearest" });
  } finally {
    setBusy(false);
  }
}

// The fragment that holds the answer and the form's new history; throws what to tell where there is none.
async function fetchAnswer(question) {
  const body = new URLSearchParams(new FormData(form));
  body.set("q", question);
  const headers = { "X-Acobot-Fragment": "1" };
  const signal = AbortSignal.timeout(PATIENCE);
  let reply, text;
  try {
    reply = await fetch(form.action, { method: "POST", headers, body, signal });
    text = await reply.text();
  } catch (error) {
    throw new Error(error.code === DOMException.TIMEOUT_ERR ? texts.unanswered : texts.unreachable);
  }
  const fragment = document.createElement("template");
  fragment.innerHTML = text;
  if (!reply.ok || !fragment.content.querySelector("article")) {
    const said = fragment.content.querySelector("[data-problem]")?.textContent;
    throw new Error(said || texts.unanswered, { cause: reply.status });
  }
  return fragment.content;
}

// What somebody typed meanwhile is theirs: it stays, and so does the place where they type.
function show(fragment, asked) {
  const answer = fragment.querySelector("article");
  const typing = box.value !== asked && document.activeElement === box;
  const selected = [box.selectionStart, box.selectionEnd];
  form.querySelector("#history").replaceWith(fragment.querySelector("#history"));
  main.classList.add("begun");
  conversation.append(answer);
  setBusy(false);
  place();
  if (box.value === asked) box.value = "";
  count();
  keep();
  document.title = answer.dataset.title;
  if (typing) {
    box.focus({ preventScroll: true });
    box.setSelectionRange(...selected);
    form.scrollIntoView({ block: "nearest" });
  } else {
    answer.querySelector("h2").focus({ preventScroll: true });
    answer.scrollIntoView();
  }
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
  clicked.dataset.name ??= clicked.textContent;
  try {
    await navigator.clipboard.writeText(clicked.dataset.text.replace(/^\/(?=sources\/|\?q=)/gm, `${location.origin}/`));
    clicked.textContent = texts.copied;
    say(texts.copied_heard);
  } catch {
    clicked.textContent = texts.cannot_copy;
    say(clicked.textContent);
  }
  setTimeout(() => (clicked.textContent = clicked.dataset.name), NAMED_ANEW);
}

let pause;

// Characters are counted as the service does, by code points; said only once the typing pauses.
function count() {
  const left = Number(box.dataset.most) - Array.from(cleaned(box.value)).length;
  const words = left < 0 ? counted(texts.too_many, -left) : left <= COUNT_FROM ? counted(texts.left, left) : "";
  counter.textContent = words;
  counter.classList.toggle("over", left < 0);
  clearTimeout(pause);
  if (words) pause = setTimeout(() => say(words), PAUSE);
}

// What the service keeps of a text: single blanks, and nothing that cannot be seen but what joins letters and emoji.
function cleaned(text) {
  const seen = text.replace(/\p{Cc}/gu, " ").replace(/(?![\u200c\u200d])[\p{Cf}\p{Cn}\p{Cs}]/gu, "");
  return seen.trim().split(/\s+/).join(" ");
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
  for (const named of answers.querySelectorAll("[data-name]")) named.textContent = named.dataset.name;
  history.replaceState({ answers: answers.innerHTML, history: form.querySelector("#history").value }, "");
}

function restore() {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type === "navigate" || !history.state?.answers) return;
  conversation.innerHTML = history.state.answers;
  place();
  form.querySelector("#history").value = history.state.history;
  main.classList.add("begun");
  document.title = [...conversation.querySelectorAll("article")].at(-1)?.dataset.title ?? document.title;
}

// Once, to those who listen: what others see.
function say(words) {
  heard.textContent = words;
}

function tell(words, wrong = false) {
  problem.textContent = words;
  box.setAttribute("aria-invalid", String(wrong));
}

// The button stays where the focus can be.
function setBusy(now) {
  busy = now;
  state.textContent = busy ? texts.looking : "";
  button.setAttribute("aria-disabled", String(busy));
}

restore();
count();

// Inside another site's dialog: Escape closes it, wherever the focus is.
if (window.parent !== window) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) window.parent.postMessage("acobot:close", "*");
  });
}
