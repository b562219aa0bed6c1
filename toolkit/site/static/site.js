/* Search by sound, in any script, over the index that stands beside this file (index.js).
   letterKeys, similarity and their parts mirror toolkit/translit/key.py; a test holds them together. */
(function (root) {
  "use strict";

  const LETTER = "\\p{L}\\p{Nl}\\p{No}";
  const MARKS = "\\u0300-\\u036f\\u055b-\\u055e";
  const AZERBAIJANI = /[əğıöüşçƏĞİÖÜŞÇ]/u;
  const AZERBAIJANI_CYRILLIC = /[ҝҹҸҜһҺәӘ]/u;
  const MAYBE_AZERBAIJANI = /[cCxXqQjJ](?![hkHK])/u;
  const GROUPS = [
    ["shch", "S"], ["tch", "C"], ["dzh", "J"], ["sch", "S"], ["ch", "C"], ["sh", "S"], ["zh", "J"], ["kh", "H"],
    ["gh", "K"], ["ph", "F"], ["th", "T"], ["ts", "Z"], ["dz", "Z"], ["dj", "J"], ["ck", "K"], ["qu", "KV"],
    ["x", "KZ"],
  ];
  const SINGLE = pairs("gkqchjszwvbpfdtlmnraeouiy", "KKKKHJZZVVBPFDTLMNRAAOOII");
  const SCRIPTS = [
    ["latin", /[\u0041-\u024f\u0250-\u02af\u1e00-\u1eff]/u],
    ["cyrillic", /[\u0400-\u052f]/u],
    ["armenian", /[\u0531-\u058f\ufb13-\ufb17]/u],
    ["arabic", /[\u0600-\u06ff\u0750-\u077f]/u],
    ["georgian", /[\u10a0-\u10ff\u1c90-\u1cbf]/u],
  ];
  const SHOWN = 20;

  function pairs(from, to) {
    return new Map(Array.from(from, (letter, place) => [letter, to[place]]));
  }

  /* A finder over one index. */
  function finder(index) {
    const word = new RegExp(
      `[${LETTER}](?:(?![${MARKS}])[${LETTER}])*(?:[${MARKS}${index.apostrophes}]*[${LETTER}]|[${MARKS}])*`, "gu");
    const apostrophes = new RegExp(`[${index.apostrophes}]`, "gu");
    const invisible = new RegExp(`[${index.invisible}]`, "gu");
    const costs = costsOf(index);
    const schemes = Object.fromEntries(Object.entries(index.schemes).map(([id, scheme]) => [id, compiled(scheme)]));

    function prepare(text) {
      return text.normalize("NFC").replace(invisible, "").normalize("NFC");
    }

    function guessLanguage(name) {
      const script = dominantScript(name);
      if (script === "armenian") return "hy";
      if (script === "cyrillic") return AZERBAIJANI_CYRILLIC.test(name) ? "az" : "ru";
      return AZERBAIJANI.test(prepare(name)) ? "az" : "en";
    }

    function small(text, id) {
      const azerbaijani = id.startsWith("az-");
      let made = azerbaijani ? text.replaceAll("I", "ı") : text;
      made = made.replaceAll("İ", "i").toLowerCase().replace(apostrophes, "'");
      return id.startsWith("az-en-") ? made.replace(/[әǝ]/gu, "ə") : made;
    }

    function oneWord(text, id) {
      const scheme = schemes[id];
      let tail = "";
      if (id.startsWith("hy-")) {
        for (const mark of text.match(/[\u055b-\u055e]/gu) || []) tail += { "\u055c": "!", "\u055e": "?" }[mark] || "";
        text = text.replace(/[\u055b-\u055e]/gu, "");
      } else if (id.startsWith("ru-")) {
        text = text.replace(/[\u0300\u0301]/gu, "");
      }
      const letters = small(text, id);
      return (scheme.leave && scheme.leave.test(letters) ? letters : scheme.spell(letters)) + tail;
    }

    /* A text by a scheme, in small letters: a skeleton has no case. */
    function spell(text, id) {
      const made = prepare(text).replace(word, (found) => oneWord(found, id));
      return Array.from(made, (letter) => schemes[id].marks[letter] ?? letter).join("").normalize("NFC");
    }

    function skeleton(english) {
      let text = english.toLowerCase().replaceAll("ə", "a").replaceAll("ı", "i").normalize("NFD").replace(/\p{Mn}/gu, "");
      text = Array.from(text, (letter) => (letter < "\u0080" ? letter : index.ascii[letter] || "")).join("");
      text = text.replaceAll("'", "").replace(/[^a-z]+/gu, " ").trim().replace(/[yi]+(?=[aeou])/gu, "");
      for (const [group, letter] of GROUPS) text = text.replaceAll(group, letter);
      text = Array.from(text, (letter) => SINGLE.get(letter) || letter).join("");
      return text.replace(/(.)\1+/gu, "$1").replace(/[^A-Z ]/gu, "");
    }

    function letterKeys(name, language) {
      const text = prepare(name);
      const own = language || guessLanguage(text);
      const found = [];
      if (own === "en") {
        found.push(skeleton(text));
        if (MAYBE_AZERBAIJANI.test(text)) found.push(skeleton(spell(text, "az-en-press")));
      } else {
        const latin = own === "az" && dominantScript(text) === "cyrillic" ? spell(text, "az-az-cyrl") : text;
        found.push(skeleton(spell(latin, `${own}-en-press`)));
      }
      return [...new Set(found.filter(Boolean))];
    }

    /* The cheapest way from one skeleton to the other, as a part of the longer one; 0 as soon as it is sure to cost
       more than `most`. */
    function ratio(a, b, most = Infinity) {
      const longest = Math.max(a.length, b.length);
      if (Math.abs(a.length - b.length) > longest * 0.6) return 0;
      let [previous, current] = [[0], [0]];
      for (let place = 0; place < b.length; place++) previous.push(previous[place] + costs.drop(b.charCodeAt(place)));
      for (let row = 0; row < a.length; row++) {
        const letter = a.charCodeAt(row);
        const drop = costs.drop(letter);
        let least = current[0] = previous[0] + drop;
        for (let place = 0; place < b.length; place++) {
          const other = b.charCodeAt(place);
          const cost = current[place + 1] = Math.min(
            previous[place] + costs.swap(letter, other), previous[place + 1] + drop, current[place] + costs.drop(other));
          if (cost < least) least = cost;
        }
        if (least > most * longest) return 0;
        [previous, current] = [current, previous];
      }
      return Math.max(0, 1 - previous[b.length] / longest);
    }

    function similarity(a, b, most = Infinity) {
      if (a === b) return 1;
      const straight = ratio(a, b, most);
      if (!a.includes(" ") || !b.includes(" ") || straight >= index.threshold) return straight;
      return Math.max(straight, ratio(sorted(a), sorted(b), most) - 0.02);
    }

    /* How well a skeleton answers the query's: as a whole name, else as the beginning of one of its words. */
    function answers(wanted, key) {
      const whole = similarity(wanted, key, 1.001 - index.threshold);
      if (whole >= index.threshold || wanted.length < 3) return whole >= index.threshold ? whole : 0;
      const starts = key.startsWith(wanted) ? 0.6 : key.includes(" " + wanted) ? 0.5 : 0;
      return starts && starts + (0.2 * wanted.length) / key.length;
    }

    function find(query, limit = SHOWN) {
      const text = prepare(query.trim());
      const wanted = letterKeys(text);
      if (!wanted.length) return [];
      const language = guessLanguage(text);
      const lower = text.toLowerCase();
      const found = [];
      for (const [id, title, kind, names, keys] of index.entities) {
        const scores = keys.map((key) => Math.max(...wanted.map((one) => answers(one, key))));
        let best = null;
        let own = null; /* the best name in the language of the query, which is shown where it answers at all */
        for (const [name, lang, places] of names) {
          const same = name === text ? 0.002 : lang === language ? 0.001 : 0;
          const typed = name === text ? 1 : text.length > 1 && name.toLowerCase().startsWith(lower) ? 0.95 : 0;
          const score = Math.max(typed, ...places.map((place) => scores[place]));
          if (!score) continue;
          const one = { id, title, kind, name, lang, score: score + same };
          if (!best || one.score > best.score) best = one;
          if (lang === language && (!own || one.score > own.score)) own = one;
        }
        if (best) found.push({ ...(own || best), score: best.score });
      }
      found.sort((a, b) => b.score - a.score); /* stable: equals stay alphabetical */
      return found.slice(0, limit);
    }

    return { find, guessLanguage, letterKeys, similarity, skeleton };
  }

  /* What pairs of skeleton letters cost, and letters left out, by their codes: looked up very often. */
  function costsOf(index) {
    const swaps = new Float64Array(128 * 128).fill(1);
    const drops = new Float64Array(128).fill(1);
    for (let code = 0; code < 128; code++) swaps[code * 128 + code] = 0;
    for (const [pair, cost] of Object.entries(index.near)) {
      const [a, b] = [pair.charCodeAt(0), pair.charCodeAt(1)];
      swaps[a * 128 + b] = swaps[b * 128 + a] = cost;
    }
    for (const [letter, cost] of Object.entries(index.dropped)) drops[letter.charCodeAt(0)] = cost;
    return { swap: (a, b) => swaps[a * 128 + b], drop: (a) => drops[a] };
  }

  function dominantScript(text) {
    const counts = new Map();
    for (const letter of text.match(/\p{L}/gu) || []) {
      const script = (SCRIPTS.find(([, letters]) => letters.test(letter)) || ["other"])[0];
      counts.set(script, (counts.get(script) || 0) + 1);
    }
    let best = "other";
    for (const [script, count] of counts) if (count > (counts.get(best) || 0)) best = script;
    return best;
  }

  function sorted(key) {
    return key.split(" ").sort().join(" ");
  }

  /* A scheme with its rules by first letter, in the order in which they are tried. */
  function compiled(scheme) {
    const rules = new Map();
    for (const [source, target, context] of scheme.rules) {
      if (!rules.has(source[0])) rules.set(source[0], []);
      rules.get(source[0]).push({ source, target, context: context || {} });
    }
    function spell(word) {
      let made = "";
      for (let place = 0; place < word.length;) {
        const rule = (rules.get(word[place]) || []).find((one) => holds(one, word, place));
        made += rule ? rule.target : word[place];
        place += rule ? rule.source.length : 1;
      }
      return made;
    }
    return { spell, marks: scheme.marks, leave: scheme.leave ? new RegExp(scheme.leave, "u") : null };
  }

  function holds({ source, context }, word, start) {
    if (!word.startsWith(source, start)) return false;
    const head = word.slice(0, start);
    const tail = word.slice(start + source.length);
    const behind = (part) => (part === "start" ? !head : part[0] === "^" ? head === part.slice(1) : head.endsWith(part));
    const ahead = (part) =>
      part === "end" ? !tail : part.endsWith("$") ? tail === part.slice(0, -1) : tail.startsWith(part);
    return (!context.after || context.after.some(behind)) && (!context.before || context.before.some(ahead))
      && !(context.not_after || []).some(behind) && !(context.not_before || []).some(ahead);
  }

  function element(name, fields, ...children) {
    const made = Object.assign(document.createElement(name), fields);
    made.append(...children);
    return made;
  }

  function startSearch(form, search) {
    const field = form.querySelector("input");
    const status = document.getElementById("search-status");
    const list = document.getElementById("search-results");
    function show() {
      const query = field.value.trim();
      const found = query ? search.find(query) : [];
      list.replaceChildren(...found.map(({ id, title, kind, name, lang }) => {
        const link = element("a", { href: `entity/${encodeURIComponent(id)}.html` }, title);
        const match = title.split(" / ").includes(name) ? "" : element("span", { lang, className: "match" }, name);
        return element("li", {}, link, " ", match, " ", element("span", { className: "kind" }, kind));
      }));
      const count = found.length === SHOWN ? `The ${SHOWN} nearest` : String(found.length);
      status.textContent = !query ? "" : found.length ? `${count} found` : "No name sounds like this.";
    }
    form.hidden = false;
    document.getElementById("without-script").hidden = true;
    field.value = new URLSearchParams(location.search).get("q") || "";
    field.addEventListener("input", show);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.focus();
    });
    show();
  }

  if (!root.DRAGOMAN_INDEX) return;
  root.Dragoman = finder(root.DRAGOMAN_INDEX);
  const form = document.getElementById("search");
  if (form) startSearch(form, root.Dragoman);
})(window);
