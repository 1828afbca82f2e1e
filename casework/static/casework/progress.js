// Asks the page again every two seconds and takes over its progress, without the reload that moves a reader's place.
const SECONDS = 2;

function ask() {
  setTimeout(async () => {
    const here = document.getElementById("progress");
    if (!here || !here.dataset.poll) return;
    try {
      const answer = await fetch(here.dataset.poll, { headers: { Accept: "text/html" } });
      if (answer.redirected || !answer.ok) {
        window.location.assign(answer.url);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.getElementById("progress");
      if (!there || !there.dataset.poll) {
        window.location.reload();
        return;
      }
      here.querySelector("progress").value = there.querySelector("progress").value;
      here.querySelector("[role=status]").textContent = there.querySelector("[role=status]").textContent;
    } catch {
      // The network may come back: ask again.
    }
    ask();
  }, SECONDS * 1000);
}

ask();
