// Adds answers to the conversation in place. The page works without it: the form then loads a whole page.

const form = document.querySelector("#ask");
const box = document.querySelector("#question");
const button = form.querySelector("button");
const conversation = document.querySelector("#conversation");
const problem = document.querySelector("#problem");
const state = document.querySelector("#state");
const longest = Number(box.dataset.longest);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!button.disabled) ask();
});

async function ask() {
  const length = Array.from(box.value.trim()).length;
  if (length > longest) {
    problem.textContent = `The question has ${length} characters; the most is ${longest}. Ask it more briefly.`;
    return;
  }
  setBusy(true);
  try {
    const reply = await fetch("/", {
      method: "POST",
      headers: { "X-Acobot-Fragment": "1" },
      body: new URLSearchParams(new FormData(form)),
    });
    const fragment = document.createElement("template");
    fragment.innerHTML = await reply.text();
    if (reply.ok) show(fragment.content);
    else problem.textContent = fragment.content.textContent.trim() || "The question could not be answered; try again.";
  } catch {
    problem.textContent = "The service cannot be reached. Your question is kept: check the connection and ask again.";
  } finally {
    setBusy(false);
  }
}

function show(content) {
  form.querySelector("#history").replaceWith(content.querySelector("#history"));
  const answer = content.querySelector("article");
  conversation.append(answer);
  box.value = "";
  answer.querySelector("h2").focus();
}

function setBusy(busy) {
  if (busy) problem.textContent = "";
  state.textContent = busy ? "Looking in the sources…" : "";
  button.disabled = busy;
}
