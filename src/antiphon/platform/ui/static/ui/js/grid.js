// A map is one stop for the Tab key; arrow keys, Home and End move between the cells that open something.
const links = (row) => [...row.querySelectorAll("td")].map((cell) => cell.querySelector("a[href]"));

function setUp(map) {
  const grid = [...map.querySelectorAll("tbody tr")].map(links);
  const all = grid.flat().filter(Boolean);
  if (!all.length) return;
  map.setAttribute("role", "grid");
  const only = (one) => all.forEach((link) => { link.tabIndex = link === one ? 0 : -1; });
  const place = (link) => {
    const y = grid.findIndex((row) => row.includes(link));
    return { x: grid[y].indexOf(link), y };
  };
  const along = (link, dx, dy) => {
    let { x, y } = place(link);
    do { x += dx; y += dy; } while (grid[y] && x in grid[y] && !grid[y][x]);
    return grid[y]?.[x];
  };
  const row = (link) => grid[place(link).y].filter(Boolean);
  const MOVES = {
    ArrowRight: (link) => along(link, 1, 0),
    ArrowLeft: (link) => along(link, -1, 0),
    ArrowDown: (link) => along(link, 0, 1),
    ArrowUp: (link) => along(link, 0, -1),
    Home: (link, event) => (event.ctrlKey ? all[0] : row(link)[0]),
    End: (link, event) => (event.ctrlKey ? all.at(-1) : row(link).at(-1)),
  };
  only(all[0]);
  map.addEventListener("focusin", (event) => all.includes(event.target) && only(event.target));
  map.addEventListener("keydown", (event) => {
    if (!all.includes(event.target) || !MOVES[event.key] || event.altKey || event.metaKey) return;
    event.preventDefault();
    MOVES[event.key](event.target, event)?.focus();
  });
}

document.querySelectorAll("table.map").forEach(setUp);
document.addEventListener("keys-asked", (event) => {
  const words = document.querySelector("table.map[role=grid]")?.closest("[data-label-move]")?.dataset;
  if (words) event.detail.set("← ↑ ↓ →", words.labelMove);
});
