// Adds answers to the conversation in place. The page works without it: the form then loads a whole page.

const main = document.querySelector("#main");
const form = document.querySelector("#ask");
const box = document.querySelector("#question");
const button = form.querySelector("button");
const conversation = document.querySelector("#conversation");
const problem = document.querySelector("#problem");
const state = document.querySelector("#state");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!button.disabled) ask();
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
  const reply = await fetch("/", { method: "POST", headers, body }).catch(() => null);
  const text = await reply?.text().catch(() => null);
  if (text == null) {
    throw new Error("The service cannot be reached. Your question is kept: check the connection and ask again.");
  }
  const fragment = document.createElement("template");
  fragment.innerHTML = text;
  if (!reply.ok || !fragment.content.querySelector("article")) {
    const said = fragment.content.querySelector("[data-problem]")?.textContent;
    throw new Error(said || "The question could not be answered. It is kept: ask again in a minute.");
  }
  return fragment.content;
}

function show(fragment) {
  const answer = fragment.querySelector("article");
  form.querySelector("#history").replaceWith(fragment.querySelector("#history"));
  main.classList.add("begun");
  conversation.append(answer);
  box.value = "";
  keep();
  answer.querySelector("h2").focus({ preventScroll: true });
  answer.scrollIntoView();
}

// The conversation stays with the tab's entry for this page, so that coming back from a source finds it again.
function keep() {
  history.replaceState({ answers: conversation.innerHTML, history: form.querySelector("#history").value }, "");
}

function restore() {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type !== "back_forward" || !history.state?.answers || conversation.querySelector("article")) return;
  conversation.innerHTML = history.state.answers;
  form.querySelector("#history").value = history.state.history;
  main.classList.add("begun");
}

function tell(words) {
  problem.textContent = words;
  box.setAttribute("aria-invalid", String(words !== ""));
}

function setBusy(busy) {
  state.textContent = busy ? "Looking in the sources…" : "";
  button.disabled = busy;
}

restore();
