// A person's own page in Teams: Teams tells who looks, and the desk answers them alone.

const teams = globalThis.microsoftTeams;
const shown = document.querySelector("#mine");
const QUEUE = "button[data-action='queue.show']";
const LONGEST_WAIT = 10_000; // milliseconds; outside Teams nobody answers

const late = () =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error("nobody answers")), LONGEST_WAIT);
  });

async function token() {
  await teams.app.initialize();
  return teams.authentication.getAuthToken();
}

async function load(wanted) {
  const bearer = await Promise.race([token(), late()]);
  const answer = await fetch(`${shown.dataset.from}?${wanted}`, {
    headers: { Authorization: `Bearer ${bearer}` },
    cache: "no-store",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

let newest = 0; // of several answers on their way, only the one that was asked for last is shown

async function show(wanted = new URLSearchParams(location.search)) {
  const mine = ++newest;
  shown.setAttribute("aria-busy", "true");
  try {
    const html = await load(wanted);
    if (mine === newest) shown.innerHTML = html; // drawn, and escaped, by the desk
  } catch {
    if (mine === newest) shown.textContent = shown.dataset.signIn;
  } finally {
    if (mine === newest) shown.removeAttribute("aria-busy");
  }
}

async function showPart(part, focus) {
  const wanted = new URLSearchParams(location.search);
  wanted.set("part", part);
  for (const field of shown.querySelectorAll("select")) {
    wanted.set(field.name.replace(/^field\./, ""), field.value);
  }
  await show(wanted);
  shown.querySelector(focus)?.focus();
}

shown.addEventListener("submit", (event) => event.preventDefault());
shown.addEventListener("click", (event) => {
  const button = event.target.closest(QUEUE);
  if (button) showPart(button.dataset.value, `${QUEUE}[data-value="${button.dataset.value}"]`);
});
shown.addEventListener("change", (event) => {
  const part = shown.querySelector(`${QUEUE}.primary`)?.dataset.value ?? "all";
  showPart(part, `[name="${event.target.name}"]`);
});

show();
