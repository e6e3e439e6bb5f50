// The chat: sends what people write and press, and puts what is new into its place.
// A line is redrawn by itself, so nobody loses their place, or what they have half written.

const dialog = document.getElementById("window");
const connection = document.getElementById("connection");
const panes = () => [...document.querySelectorAll(".pane")];
const feedOf = (pane) => pane.querySelector(".feed");

// ---- What is new -------------------------------------------------------------------------------

const busy = new WeakMap(); // pane → whether more has happened while it was being refreshed

async function refresh(pane) {
  if (busy.has(pane)) return busy.set(pane, true);
  busy.set(pane, false);
  try {
    const { person, channel, version } = pane.dataset;
    const where = `/chat/${encodeURIComponent(person)}/${encodeURIComponent(channel)}/lines`;
    const response = await fetch(`${where}?side=${pane.id}&since=${version}`);
    if (!response.ok) return;
    const news = await response.json();
    for (const line of news.lines) place(pane, line);
    pane.dataset.version = news.version;
  } finally {
    const again = busy.get(pane);
    busy.delete(pane);
    if (again) refresh(pane);
  }
}

function place(pane, { number, thread, html }) {
  const fresh = parsed(html);
  const id = `${pane.id}-${number}`;
  const old = document.getElementById(id);
  if (old) return redraw(old, fresh.querySelector(".line"));
  const list = thread
    ? document.getElementById(`${pane.id}-${thread}-replies`)
    : pane.querySelector(".threads");
  if (!list) return show(pane, pane.dataset.channel); // an old thread has woken up
  list.append(fresh);
  reveal(pane, fresh);
}

function redraw(old, line) {
  const kept = [...old.querySelectorAll("[name]")].filter((field) => isTyped(field));
  const focus = old.contains(document.activeElement) ? document.activeElement : null;
  const before = new Set([...old.querySelectorAll("[name]")].map((field) => field.name));
  old.replaceWith(line);
  for (const { name, value } of kept) {
    const field = named(line, name);
    if (field) field.value = value;
  }
  if (focus) refocus(line, focus, before);
}

function refocus(line, focus, before) {
  const fields = [...line.querySelectorAll("[name]")];
  const asked = fields.find((field) => !before.has(field.name)); // a form has opened here
  const same = focus.name
    ? named(line, focus.name)
    : line.querySelector(`[data-action="${CSS.escape(focus.dataset.action ?? "")}"]`);
  const target = asked ?? same ?? line;
  target.focus({ preventScroll: true });
  if (target === same && "selectionStart" in focus && target.setSelectionRange) {
    target.setSelectionRange(focus.selectionStart, focus.selectionEnd);
  }
}

const named = (within, name) => within.querySelector(`[name="${CSS.escape(name)}"]`);

function isTyped(field) {
  if (field.dataset.sent !== undefined) return false;
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return field.value !== (first?.value ?? "");
  }
  return field.value !== field.defaultValue;
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

// Scrolls the feed alone, never the page, and not away from where somebody is at work.
function reveal(pane, element) {
  const feed = feedOf(pane);
  const at = document.activeElement;
  if (feed.contains(at) && at !== feed && !element.parentElement.parentElement.contains(at)) return;
  const [inner, outer] = [element.getBoundingClientRect(), feed.getBoundingClientRect()];
  const end = element.closest(".thread").getBoundingClientRect().bottom; // with the box to reply in
  const below = end - outer.bottom + 16;
  if (below > 0) feed.scrollTop += Math.min(below, inner.top - outer.top - 8);
}

function listen() {
  let line = null;
  const open = () => {
    line = new EventSource("/live");
    line.onopen = () => (connection.textContent = "");
    line.onerror = () => (connection.textContent = document.body.dataset.lost);
    line.onmessage = ({ data }) => {
      for (const pane of panes()) if (Number(data) > Number(pane.dataset.version)) refresh(pane);
    };
  };
  open();
  // A browser keeps six lines open to one server, so a page that nobody sees gives up its own.
  document.addEventListener("visibilitychange", () => {
    line.close();
    if (!document.hidden) open();
  });
}

// ---- What people do ----------------------------------------------------------------------------

async function post(where, fields) {
  const brings = [...fields].some(([, value]) => value instanceof File && value.name);
  const words = [...fields].filter(([, value]) => typeof value === "string");
  const body = brings ? fields : new URLSearchParams(words);
  try {
    const response = await fetch(where, { method: "POST", body });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    const detail = typeof answer.detail === "string" ? answer.detail : null;
    return { problem: detail ?? document.body.dataset.failed };
  } catch {
    return { problem: document.body.dataset.failed };
  }
}

const chat = (pane, ...rest) =>
  ["/chat", encodeURIComponent(pane.dataset.person), ...rest.map(encodeURIComponent)].join("/");

async function once(element, act) {
  if (element.ariaBusy === "true") return; // pressed twice; it stays where the focus is
  element.ariaBusy = "true";
  try {
    await act();
  } finally {
    element.ariaBusy = null;
  }
}

async function write(form) {
  const pane = form.closest(".pane");
  const text = form.elements.text;
  const sent = text.value;
  const answer = await post(chat(pane, pane.dataset.channel, "say"), new FormData(form));
  form.querySelector(".error").textContent = answer.problem ?? "";
  text.ariaInvalid = answer.problem ? "true" : null;
  if (answer.problem) return text.focus();
  if (text.value === sent) text.value = "";
  form.elements.upload.value = "";
  form.querySelector(".count").textContent = "";
  grow(text);
  await refresh(pane);
  open(pane, answer.windows);
}

async function press(button) {
  const card = button.closest(".card");
  const fields = card.matches("form") ? [...new FormData(card)] : [];
  fields.push(["action", button.dataset.action], ["value", button.dataset.value]);
  if (dialog.contains(button)) return pressInWindow(button, card, fields);
  const pane = button.closest(".pane");
  fields.push(["line", button.closest(".line").id.slice(pane.id.length + 1)]);
  const answer = await post(chat(pane, pane.dataset.channel, "press"), fields);
  if (answer.problem) return (connection.textContent = answer.problem);
  for (const field of card.querySelectorAll("[name]")) field.dataset.sent = "";
  connection.textContent = "";
  await refresh(pane);
  open(pane, answer.windows);
}

// ---- Windows -----------------------------------------------------------------------------------

let owner = null; // the pane that the window belongs to
let opener = {}; // where the focus was when it opened; that may be drawn anew meanwhile

function open(pane, windows) {
  if (!windows?.length) return;
  owner = pane.id;
  dialog.lang = pane.lang;
  dialog.querySelector(".close").textContent = pane.dataset.close;
  dialog.querySelector(".window-cards").innerHTML = windows.join("");
  if (!dialog.open) {
    const { dataset } = document.activeElement;
    opener = { ...dataset, line: document.activeElement.closest(".line")?.id };
    dialog.showModal();
  }
  const fields = ["textarea", "[name]", "button"].map((kind) => dialog.querySelector(kind));
  fields.find((field) => field).focus();
}

dialog.addEventListener("close", () => {
  const at = document.activeElement; // a browser may not have noticed yet that it is hidden
  if (at !== document.body && !dialog.contains(at)) return;
  const { action = "", value = "", line = "" } = opener;
  const same = `[data-action="${CSS.escape(action)}"][data-value="${CSS.escape(value)}"]`;
  const pane = document.getElementById(owner);
  const target = pane?.querySelector(same) ?? document.getElementById(line) ?? pane;
  target?.focus({ preventScroll: true }); // the button may be gone, and its line is not
});

async function pressInWindow(button, card, fields) {
  const pane = document.getElementById(owner);
  const rest = button.type === "submit" ? ["submit"] : [pane.dataset.person, "press"];
  const answer = await post(chat(pane, ...rest), fields);
  if (answer.problem) return mark(card, {}, answer.problem);
  if (Object.keys(answer.errors).length) return mark(card, answer.errors);
  if (!answer.windows.length) dialog.close();
  await refresh(pane);
  open(pane, answer.windows);
}

// Says what is wrong with each field, and goes to the first.
function mark(card, errors, problem = "") {
  const fields = [...card.querySelectorAll("[name]")];
  for (const field of fields) {
    const wrong = errors[field.name.replace(/^field\./, "")] ?? "";
    field.ariaInvalid = wrong ? "true" : "false";
    document.getElementById(field.getAttribute("aria-describedby")).textContent = wrong;
  }
  connection.textContent = problem;
  (fields.find((field) => field.ariaInvalid === "true") ?? fields[0])?.focus();
}

// ---- Who to be ---------------------------------------------------------------------------------

let latest = 0;

async function show(pane, room, person = pane.dataset.person) {
  const turn = ++latest;
  const query = new URLSearchParams();
  for (const { id, dataset } of panes()) {
    query.set(id, id === pane.id ? person : dataset.person);
    query.set(`${id}_room`, id === pane.id ? room : dataset.channel);
  }
  const isAlone = panes().length === 1;
  const address = isAlone ? `/chat/${encodeURIComponent(person)}?room=${encodeURIComponent(room)}` : `/?${query}`;
  const response = await fetch(address);
  if (!response.ok || turn !== latest) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const focus = pane.contains(document.activeElement) ? trail(document.activeElement) : null;
  const fresh = document.adoptNode(page.getElementById(pane.id));
  pane.replaceWith(fresh);
  document.documentElement.lang = page.documentElement.lang;
  document.querySelector(".top").replaceChildren(
    ...[...page.querySelector(".top").children].map((part) =>
      part.id === "connection" ? connection : document.adoptNode(part)),
  );
  history.replaceState(null, "", address);
  toEnd(fresh);
  if (focus) (fresh.querySelector(focus) ?? fresh).focus({ preventScroll: true });
}

const trail = ({ id, dataset }) =>
  id ? `#${CSS.escape(id)}` : dataset.room === "team" ? '[data-room="team"]' : "[data-room]";

const toEnd = (pane) => (feedOf(pane).scrollTop = feedOf(pane).scrollHeight);

// A box grows with what is written in it.
function grow(text) {
  text.style.height = "";
  text.style.height = `${Math.min(text.scrollHeight + 2, 160)}px`;
}

// ---- Wiring ------------------------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches(".write")) once(form, () => write(form));
  else if (form.matches(".card")) {
    const button = event.submitter ?? form.querySelector("[type=submit]");
    once(button, () => press(button));
  } else return; // the browser's own: a dialog that closes, a choice without script
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const element = event.target.closest("button, a");
  const pane = element?.closest(".pane");
  if (!element) return;
  if (element.dataset.action !== undefined && element.type === "button") {
    once(element, () => press(element));
  } else if (element.dataset.example !== undefined) {
    const text = pane.querySelector(".composer textarea");
    text.value = element.textContent;
    text.focus();
  } else if (element.dataset.home !== undefined) {
    once(element, async () => open(pane, (await post(chat(pane, "home"), [])).windows));
  } else if (element.dataset.room !== undefined && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    show(pane, element.dataset.room);
  }
});

document.addEventListener("change", ({ target }) => {
  if (target.name === "upload") {
    target.closest(".clip").querySelector(".count").textContent = target.files.length || "";
  }
  if (target.matches(".who select")) show(target.closest(".pane"), target.value, target.value);
});

document.addEventListener("keydown", (event) => {
  const isSend = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (!isSend || !event.target.matches(".write textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.addEventListener("input", ({ target }) => {
  if (target.matches(".write textarea")) grow(target);
  if (target.dataset.sent !== undefined) delete target.dataset.sent;
});

panes().forEach(toEnd);
listen();
