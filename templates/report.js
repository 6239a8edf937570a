"use strict";
// Comforts of the page: nothing here is needed to read it. Texts are only ever set as text, never as markup.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const words = document.getElementById("foot").dataset;

  // Light, dark, or as the system has it. What was chosen is kept where the browser allows it.
  const theme = () => {
    const choice = document.getElementById("theme");
    const key = "manyidu-theme";
    const show = (name) => {
      if (name === "light" || name === "dark") root.dataset.theme = name;
      else delete root.dataset.theme;
    };
    let kept = "auto";
    try {
      kept = localStorage.getItem(key) || "auto";
    } catch {
      // A page from the disk may have no storage.
    }
    if (kept === "light" || kept === "dark") choice.value = kept;
    show(choice.value);
    choice.addEventListener("change", () => {
      show(choice.value);
      try {
        localStorage.setItem(key, choice.value);
      } catch {
        // The choice holds for this visit only.
      }
    });
    choice.closest(".tools").hidden = false;
  };

  // Marks the chapter being read in the contents.
  const contents = () => {
    const links = new Map(all("nav a").map((link) => [link.getAttribute("href").slice(1), link]));
    const chapters = all("section.chapter");
    const mark = () => {
      const line = window.innerHeight / 3;
      const begun = chapters.filter((chapter) => chapter.getBoundingClientRect().top <= line);
      const current = begun.length ? begun[begun.length - 1].id : "";
      links.forEach((link, id) => {
        if (id === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    mark();
  };

  // What a cell says, without its small print.
  const said = (cell) => {
    const own = Array.from(cell.childNodes).filter((node) => !(node.classList && node.classList.contains("note")));
    const text = own.map((node) => node.textContent).join("").trim();
    return text || cell.textContent.trim();
  };
  const amount = (text) => {
    const found = /^([<>≤≥]?)\s*([-+\u2212]?[\d,]*\.?\d+)/.exec(text);
    if (!found) return null;
    const value = Number(found[2].replace(/,/g, "").replace("\u2212", "-"));
    // "< 0.001" lies below a printed 0.001.
    return found[1] === "<" ? value - Math.abs(value) / 2 : value;
  };
  const absent = (text) => text === "" || text === "–";

  // Rows by groups: a row that only names what follows begins one.
  const groupsOf = (body) => {
    const groups = [{ head: null, rows: [] }];
    Array.from(body.rows).forEach((row) => {
      if (row.classList.contains("heading")) groups.push({ head: row, rows: [] });
      else groups[groups.length - 1].rows.push(row);
    });
    return groups;
  };

  const sortable = (table) => {
    const body = table.tBodies[0];
    const groups = groupsOf(body);
    if (!groups.some((group) => group.rows.length > 2)) return;
    const collator = new Intl.Collator(root.lang, { numeric: true });
    const heads = Array.from(table.tHead.rows[0].cells);
    const order = (rows, column, sign) => {
      const keys = new Map(rows.map((row) => [row, row.cells[column] ? said(row.cells[column]) : ""]));
      const numeric = rows.every((row) => absent(keys.get(row)) || amount(keys.get(row)) !== null);
      const free = rows.filter((row) => !row.classList.contains("strong"));
      const sorted = free.slice().sort((a, b) => {
        const [x, y] = [keys.get(a), keys.get(b)];
        // What is undefined stands last in either direction.
        if (absent(x) || absent(y)) return absent(x) - absent(y);
        return sign * (numeric ? amount(x) - amount(y) : collator.compare(x, y));
      });
      // A row that stands out, such as the index, keeps its place.
      return rows.map((row) => (row.classList.contains("strong") ? row : sorted.shift()));
    };
    const arrange = (column, direction) => {
      const sign = direction === "descending" ? -1 : 1;
      const arranged = make("tbody");
      groups.forEach((group) => {
        if (group.head) arranged.append(group.head);
        arranged.append(...(direction === "none" ? group.rows : order(group.rows, column, sign)));
      });
      body.append(...Array.from(arranged.childNodes));
    };
    heads.forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const button = make("button");
      button.type = "button";
      button.append(...Array.from(head.childNodes));
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")];
        heads.filter((other) => other.hasAttribute("aria-sort")).forEach((other) => other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", next);
        arrange(column, next);
      });
    });
  };

  // A field above a long table that leaves the rows in which the words stand.
  const findable = (table) => {
    const groups = groupsOf(table.tBodies[0]);
    const count = groups.reduce((sum, group) => sum + group.rows.length, 0);
    if (count < 12) return;
    const bar = make("p", "find");
    const label = make("label", "", `${words.find} `);
    const field = make("input");
    field.type = "search";
    label.append(field);
    const told = make("span");
    told.setAttribute("role", "status");
    bar.append(label, told);
    table.closest(".scroll").before(bar);
    const plain = (text) => text.normalize("NFKC").toLowerCase();
    field.addEventListener("input", () => {
      const wanted = plain(field.value.trim());
      let shown = 0;
      groups.forEach((group) => {
        const whole = group.head && wanted && plain(group.head.textContent).includes(wanted);
        let some = 0;
        group.rows.forEach((row) => {
          row.hidden = !(whole || plain(row.textContent).includes(wanted));
          some += row.hidden ? 0 : 1;
        });
        if (group.head) group.head.hidden = some === 0;
        shown += some;
      });
      told.textContent = wanted ? `${shown} / ${count} ${words.rows}` : "";
    });
  };

  // Regions that scroll take the focus only where there is something to scroll.
  const regions = () => {
    const fit = () =>
      all(".scroll").forEach((region) => {
        if (region.scrollWidth > region.clientWidth + 1) region.tabIndex = 0;
        else region.removeAttribute("tabindex");
      });
    addEventListener("resize", fit);
    all("details").forEach((details) => details.addEventListener("toggle", fit));
    fit();
  };

  // Marks of charts: a note under the pointer; one stop for the tabulator in each chart, arrows from mark to mark.
  const charts = () => {
    const tip = make("div", "tip");
    tip.setAttribute("role", "tooltip");
    tip.hidden = true;
    document.body.append(tip);
    const show = (mark) => {
      tip.textContent = mark.getAttribute("aria-label");
      tip.hidden = false;
      const [at, own] = [mark.getBoundingClientRect(), tip.getBoundingClientRect()];
      const left = Math.min(Math.max(8, at.left + at.width / 2 - own.width / 2), window.innerWidth - own.width - 8);
      const above = at.top - own.height - 8;
      tip.style.left = `${left}px`;
      tip.style.top = `${above > 8 ? above : Math.min(at.bottom + 8, window.innerHeight - own.height - 8)}px`;
    };
    const hide = () => {
      tip.hidden = true;
    };
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    // The note stays with a mark that has the focus, and goes with one that is only pointed at.
    const follow = () => {
      const active = document.activeElement;
      if (!tip.hidden && active && active.classList.contains("mark")) show(active);
      else hide();
    };
    addEventListener("scroll", follow, { passive: true });
    all("figure svg").forEach((picture) => {
      const marks = all(".mark", picture);
      if (!marks.length) return;
      const title = picture.querySelector("title");
      picture.setAttribute("role", "group");
      picture.setAttribute("aria-label", title ? title.textContent : "");
      if (title) title.remove();
      marks.forEach((mark, place) => {
        const text = mark.querySelector("title");
        mark.setAttribute("role", "img");
        mark.setAttribute("aria-label", text.textContent);
        text.remove();
        mark.setAttribute("tabindex", place === 0 ? "0" : "-1");
        mark.addEventListener("pointerenter", () => show(mark));
        mark.addEventListener("pointerleave", hide);
        mark.addEventListener("focus", () => show(mark));
        mark.addEventListener("blur", hide);
        mark.addEventListener("keydown", (event) => {
          const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          const ends = { Home: 0, End: marks.length - 1 }[event.key];
          if (step === undefined && ends === undefined) return;
          event.preventDefault();
          const next = ends === undefined ? (place + step + marks.length) % marks.length : ends;
          marks.forEach((other, at) => other.setAttribute("tabindex", at === next ? "0" : "-1"));
          marks[next].focus();
        });
      });
    });
  };

  // What a link leads to is opened, with all that it lies in.
  const unfold = () => {
    const open = () => {
      let id = "";
      try {
        id = decodeURIComponent(location.hash.slice(1));
      } catch {
        return;
      }
      const target = id && document.getElementById(id);
      if (!target) return;
      for (let place = target; place; place = place.parentElement) {
        if (place.tagName === "DETAILS") place.open = true;
      }
      target.scrollIntoView();
    };
    addEventListener("hashchange", open);
    if (location.hash) open();
  };

  // Paper cannot be unfolded.
  const printing = () => {
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = all("details:not([open])");
      folded.forEach((details) => {
        details.open = true;
      });
    });
    addEventListener("afterprint", () => {
      folded.forEach((details) => {
        details.open = false;
      });
      folded = [];
    });
  };

  theme();
  contents();
  all("table.grid").forEach((table) => {
    findable(table);
    sortable(table);
  });
  charts();
  regions();
  unfold();
  printing();
})();
