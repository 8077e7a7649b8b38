// A click on the head of a column sorts the table by it, another one the other
// way round. Numbers as numbers; what is equal keeps its order.
"use strict";

function compare(one, other) {
  const a = one.dataset.value ?? one.textContent;
  const b = other.dataset.value ?? other.textContent;
  return a !== "" && b !== "" && !isNaN(a) && !isNaN(b) ? a - b : a.localeCompare(b);
}

function sortBy(head) {
  const table = head.closest("table");
  const column = head.cellIndex;
  const ascending = head.getAttribute("aria-sort") !== "ascending";
  const rows = [...table.tBodies[0].rows];
  rows.sort((one, other) => (ascending ? 1 : -1) * compare(one.cells[column], other.cells[column]));
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  table.tBodies[0].append(...rows);
}

for (const button of document.querySelectorAll("th button"))
  button.addEventListener("click", () => sortBy(button.closest("th")));
