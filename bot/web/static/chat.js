"use strict";

// Makes the page smoother where it can: replies go out without a reload and the answer is appended.
// Without it, or when anything here fails, every form still works by itself.
(() => {
  const log = document.getElementById("log");
  const status = document.getElementById("status");
  const heard = document.getElementById("heard");
  if (!log || !window.fetch || !window.URLSearchParams || !window.DOMParser) return;

  const KEEP = 60;
  const PATIENCE = 20000;
  const words = status.dataset;
  const LISTEN_EVERY = 3000;
  let busy = false;
  let hearing = Promise.resolve();
  let listening = 0;
  let pressed = null;

  const say = (text, wrong) => {
    status.textContent = text;
    status.classList.toggle("wrong", Boolean(wrong));
  };

  const read = (form, button) => {
    const body = new URLSearchParams();
    new FormData(form).forEach((value, name) => body.append(name, String(value)));
    if (button && button.name) body.append(button.name, button.value);
    return body;
  };

  const post = async (form, body) => {
    const stop = window.AbortController ? new AbortController() : null;
    const timer = setTimeout(() => stop && stop.abort(), PATIENCE);
    try {
      return await fetch(form.action, {
        method: "POST",
        body,
        headers: { "X-Part": "exchange" },
        credentials: "same-origin",
        signal: stop ? stop.signal : undefined,
      });
    } finally {
      clearTimeout(timer);
    }
  };

  const renew = (ticket) => {
    document.querySelectorAll("input[name=ticket]").forEach((field) => { field.value = ticket; });
  };

  const retire = () => {
    log.querySelectorAll("form").forEach((form) => form.remove());
    const now = document.getElementById("now");
    const asked = document.getElementById("asked");
    if (now) now.removeAttribute("id");
    if (asked) asked.removeAttribute("id");
  };

  const put = (item) => {
    item.classList.add("fresh");
    log.append(item);
    return item;
  };

  const replace = (tapped, item) => {
    if (tapped) tapped.replaceWith(item);
    else put(item);
  };

  const watch = (item) => {
    item.querySelector("audio").addEventListener("error", () => {
      item.querySelector("p").hidden = false;
    });
  };

  // One clip at a time; the question above it stays open.
  const sound = (item, isOver) => {
    const old = document.getElementById("sound");
    if (old && (item || isOver)) old.remove();
    if (!item) return;
    watch(put(item));
    const playing = item.querySelector("audio").play();
    if (playing) playing.catch(() => {});
    item.scrollIntoView({ block: "nearest" });
  };

  const show = (part, tapped) => {
    const settled = part.querySelector("[data-settle]");
    const redrawn = part.querySelector("[data-redraw]");
    const own = part.querySelector("[data-own]");
    const fresh = Array.from(part.querySelectorAll("[data-new]"));
    if (part.dataset.clear === "yes") log.replaceChildren();
    if (fresh.length) retire();
    sound(part.querySelector("#sound"), fresh.length > 0);
    if (settled) replace(tapped, settled);
    if (redrawn) replace(tapped, redrawn);
    if (own) put(own);
    fresh.forEach(put);
    while (log.children.length > KEEP) log.firstElementChild.remove();
    return { own, fresh, redrawn };
  };

  const focusAfter = (added, wasTyped, value) => {
    const now = document.getElementById("now");
    const field = document.getElementById("say");
    if (added.redrawn && !added.fresh.length) {
      const same = Array.from(added.redrawn.querySelectorAll("button")).find((b) => b.value === value);
      (same || added.redrawn).focus({ preventScroll: true });
    } else if (wasTyped && field && now && !now.querySelector(".presses")) {
      field.focus({ preventScroll: true });
    } else if (now) {
      now.focus({ preventScroll: true });
    }
    if (added.fresh.length) (added.own || added.fresh[0]).scrollIntoView({ block: "start" });
  };

  const announce = (added, toast) => {
    const now = document.getElementById("now");
    const others = added.fresh.filter((item) => item !== now || document.activeElement !== now);
    heard.textContent = others.map((item) => {
      const text = item.querySelector(".text");
      return text ? text.textContent : "";
    }).concat(toast).join(" ");
  };

  const apply = (html, form, body) => {
    const part = new DOMParser().parseFromString(html, "text/html").getElementById("exchange");
    const wasTyped = Boolean(form.querySelector("#say"));
    if (part.dataset.language !== document.documentElement.lang) {
      // All words of the page change, not only the new ones.
      location.reload();
      return;
    }
    const added = show(part, form.closest(".bubble"));
    document.getElementById("composer").replaceWith(part.querySelector("#composer"));
    renew(part.dataset.ticket);
    say(part.dataset.toast);
    listen(part.dataset.listens);
    const menu = form.closest("details");
    if (menu) menu.open = false;
    focusAfter(added, wasTyped, body.get("press"));
    announce(added, part.dataset.toast);
  };

  // While a talk goes on, somebody else writes into this chat. What is being typed stays.
  const applyNews = (html) => {
    const part = new DOMParser().parseFromString(html, "text/html").getElementById("exchange");
    const field = document.getElementById("say");
    const added = show(part, null);
    if (!field || (!field.value && document.activeElement !== field)) {
      document.getElementById("composer").replaceWith(part.querySelector("#composer"));
    }
    renew(part.dataset.ticket);
    if (added.fresh.length) added.fresh[0].scrollIntoView({ block: "nearest" });
    announce(added, part.dataset.toast);
    listen(part.dataset.listens);
  };

  const hear = async () => {
    if (busy || document.hidden) {
      listen("yes");
      return;
    }
    try {
      const response = await fetch("/chat/news", { credentials: "same-origin", cache: "no-store" });
      if (response.status === 200) applyNews(await response.text());
      else listen(response.headers.get("X-Listens") || "yes");
    } catch (error) {
      listen("yes");
    }
  };

  const listen = (wanted) => {
    clearTimeout(listening);
    if (wanted !== "yes") return;
    listening = setTimeout(() => { hearing = hear(); }, LISTEN_EVERY);
  };

  const complain = async (response, form, body) => {
    if (response.status === 403) {
      // The page is too old: the server's own page offers what was given again.
      body.forEach((value, name) => {
        if (form.querySelector(`input[name="${name}"]`)) return;
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        field.value = value;
        form.append(field);
      });
      form.submit();
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const title = page.querySelector("#refusal h1");
    say(`${title ? title.textContent : words.unsent} ${words.retry}`, true);
  };

  const send = async (form, button) => {
    const body = read(form, button);
    busy = true;
    document.body.setAttribute("aria-busy", "true");
    say(words.sending);
    try {
      await hearing;
      const response = await post(form, body);
      if (response.ok) apply(await response.text(), form, body);
      else await complain(response, form, body);
    } catch (error) {
      say(`${words.offline} ${words.retry}`, true);
    } finally {
      busy = false;
      document.body.removeAttribute("aria-busy");
    }
  };

  document.addEventListener("click", (event) => {
    pressed = event.target.closest ? event.target.closest("button") : null;
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-chat]")) return;
    event.preventDefault();
    if (busy) return;
    const button = event.submitter || (pressed && pressed.form === form ? pressed : null);
    send(form, button);
  });

  // A page that comes back from the browser's memory would hold a used ticket.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  const now = document.getElementById("now");
  if (now) now.scrollIntoView({ block: "nearest" });
  const heardLast = document.getElementById("sound");
  if (heardLast) watch(heardLast);
  listen(log.dataset.listens);
})();
