// Adds a copy button to each identifier marked with data-copy; without script the identifier is there to be selected.
for (const holder of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const name = holder.dataset.copyName || "identifier";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "wm-link-button wm-copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${name}`);
  const said = document.createElement("span");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(holder.dataset.copy);
    button.textContent = "Copied";
    said.textContent = `${name} copied`;
    setTimeout(() => {
      button.textContent = "Copy";
      said.textContent = "";
    }, 2000);
  });
  holder.after(" ", button, said);
}
