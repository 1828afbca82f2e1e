// Shows who is found while a name is being typed. Without this script the search button does the same.
const box = document.getElementById("find-a-child");
const WAIT = 200; // a pause in typing, in milliseconds
let waiting;
let asked;

async function look() {
  asked?.abort();
  asked = new AbortController();
  const address = new URL(window.location.pathname, window.location.href);
  address.searchParams.set("q", box.value);
  try {
    const asking = new URL(address);
    asking.searchParams.set("typing", "1");
    const answer = await fetch(asking, { headers: { Accept: "text/html" }, signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("found");
    if (!answer.ok || !found) return; // signed out: the button says so
    const words = found.querySelector("#results")?.textContent ?? (box.value ? "Nobody found" : "");
    document.getElementById("found").replaceWith(found);
    document.getElementById("found-words").textContent = words;
    window.history.replaceState(null, "", address);
  } catch (fault) {
    if (fault.name !== "AbortError") throw fault;
  }
}

box?.addEventListener("input", () => {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(look, WAIT);
});
