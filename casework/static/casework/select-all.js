// A checkbox with data-select-all="name" ticks every checkbox of that name; without script each is ticked by hand.
for (const all of document.querySelectorAll("[data-select-all]")) {
  const boxes = [...document.querySelectorAll(`input[type=checkbox][name="${all.dataset.selectAll}"]`)];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
