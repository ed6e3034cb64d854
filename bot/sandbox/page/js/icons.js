/** Line icons, drawn on a 24 by 24 grid. */

const NS = "http://www.w3.org/2000/svg";

const PATHS = {
  add: "M12 5v14M5 12h14",
  attach: "M20.5 11.2l-8.6 8.6a5.4 5.4 0 0 1-7.7-7.7l8.9-8.9a3.6 3.6 0 0 1 5.1 5.1l-8.8 8.8a1.8"
    + " 1.8 0 0 1-2.6-2.6l8.1-8",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.8 5.8l12.4 12.4",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.4 2",
  close: "M6 6l12 12M18 6L6 18",
  contact: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.8-3.6 3.7-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  done: "M5 12.5l4.6 4.6L19 7.5",
  down: "M6 9.5l6 6 6-6",
  download: "M12 4v11M7 10.8l5 5 5-5M5 20h14",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  keyboard: "M3 6.5h18v11H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M7.5 14h9",
  language: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5.4 5 12.6 0 18M12 3c-5 5.4-5"
    + " 12.6 0 18",
  link: "M10 14a4.2 4.2 0 0 0 6 0l3.4-3.4a4.2 4.2 0 0 0-6-6L12 6M14 10a4.2 4.2 0 0 0-6 0l-3.4"
    + " 3.4a4.2 4.2 0 0 0 6 6L12 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  offline: "M2.5 8.5A15 15 0 0 1 12 5c3.6 0 6.9 1.3 9.5 3.5M6 12.5a9.5 9.5 0 0 1 12 0M9.3"
    + " 16.2a4.4 4.4 0 0 1 5.4 0M12 19.5v.01M4 3l16 18",
  open: "M9 6h9v9M18 6L6.5 17.5",
  outage: "M13 3L5 13.5h6L10 21l8-10.5h-6z",
  play: "M8 5l11 7-11 7z",
  power: "M12 3v9M6.8 6.8a7.5 7.5 0 1 0 10.4 0",
  remove: "M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13",
  reply: "M9.5 7L4 12l5.5 5M4.5 12H14c3.6 0 6 2.1 6 6",
  send: "M4 4.5l17 7.5-17 7.5 2.6-7.5zM6.6 12H13",
  stop: "M7 7h10v10H7z",
  warning: "M12 4L2.8 19.5h18.4zM12 10v4.5M12 17.2v.01",
};

/** An icon by name, hidden from screen readers: the button that holds it has the label. */
export function icon(name, size = "") {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon ${size}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", PATHS[name]);
  if (name === "more") path.setAttribute("stroke-width", "3.4");
  svg.append(path);
  return svg;
}
