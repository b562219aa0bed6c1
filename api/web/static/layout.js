// Lays a Result out in rows: each segment as pieces of source and target, cut at mentions and at places of findings.

import { Points } from "./codepoints.js";

const HEADING = /(^|\n)#{1,6} +$|<h[1-6]\b[^>]*>\s*$/i;
const BREAK = /\n\s*\n|<(p|h[1-6]|li|ul|ol|div|blockquote|tr|td|section|article)\b/i;

/**
 * The rows of a result over the source text that was sent.
 * A row: {segment, number, source: [piece], target: [piece], heading, opens}; a piece: {text, mention, finding} of which
 * the last two are indices or null; `opens` where a paragraph begins.
 */
export function rowsOf(result, sourceText) {
  const source = new Points(sourceText);
  const target = new Points(result.text);
  const sourceMarks = marksOf(result, "start", "end");
  const targetMarks = marksOf(result, "target_start", "target_end");
  let sourceEnd = 0;
  let targetEnd = 0;
  return result.segments.map((segment, index) => {
    const before = source.slice(sourceEnd, segment.start);
    sourceEnd = segment.end;
    const found = target.find(segment.target, targetEnd);
    const start = found < 0 ? targetEnd : found;
    const written = new Points(segment.target);
    targetEnd = start + written.length;
    return {
      segment,
      number: index + 1,
      heading: HEADING.test(before),
      opens: index === 0 || BREAK.test(before),
      source: cut(new Points(segment.source), segment.start, segment.end, sourceMarks),
      target: found < 0 ? [piece(segment.target)] : cut(written, start, targetEnd, targetMarks),
    };
  });
}

/** What is marked on one side, in order, nothing over anything else; a mention comes before a finding. */
function marksOf(result, from, to) {
  const mentions = result.mentions.map((mention, index) => ({
    start: mention[from],
    end: mention[to],
    mention: index,
    finding: null,
  }));
  const findings = result.findings.map((finding, index) => ({
    start: finding[from],
    end: finding[to],
    mention: null,
    finding: index,
  }));
  const whole = new Set(result.segments.map((segment) => `${segment.start}-${segment.end}`));
  const marks = [];
  const placed = (mark) => mark.start !== undefined && mark.end > mark.start;
  for (const mark of mentions.filter(placed).sort(byPlace)) if (mark.start >= (marks.at(-1)?.end ?? 0)) marks.push(mark);
  const extra = findings
    .filter((mark) => placed(mark) && !(from === "start" && whole.has(`${mark.start}-${mark.end}`)))
    .filter((mark) => !overlaps(marks, mark));
  const all = [...marks, ...extra].sort(byPlace);
  return all.filter((mark, index) => index === 0 || mark.mention !== null || mark.start >= all[index - 1].end);
}

const byPlace = (one, other) => one.start - other.start || one.end - other.end;

/** Whether a mark meets one of `marks`, which are in order and apart. */
function overlaps(marks, mark) {
  const index = firstEndingAfter(marks, mark.start);
  return index < marks.length && marks[index].start < mark.end;
}

function firstEndingAfter(marks, place) {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].end <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

const piece = (text, mark = null) => ({ text, mention: mark?.mention ?? null, finding: mark?.finding ?? null });

/** The pieces of a text that stands at start–end of the whole; where it reads otherwise there, it is left in one. */
function cut(text, start, end, marks) {
  if (text.length !== end - start) return [piece(text.text)];
  const pieces = [];
  let place = start;
  for (let index = firstEndingAfter(marks, start); index < marks.length && marks[index].start < end; index += 1) {
    const mark = marks[index];
    if (mark.start < place || mark.end > end) continue;
    if (mark.start > place) pieces.push(piece(text.slice(place - start, mark.start - start)));
    pieces.push(piece(text.slice(mark.start - start, mark.end - start), mark));
    place = mark.end;
  }
  if (place < end) pieces.push(piece(text.slice(place - start, end - start)));
  return pieces;
}

/** The index of the row that a place of the source lies in; the one before it where it lies between two. */
export function rowAt(segments, place) {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle].start <= place) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
