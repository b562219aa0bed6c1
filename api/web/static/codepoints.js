// The API counts code points, a browser's strings count UTF-16 units: an emoji is one of the former, two of the latter.

/** A text that is cut by code points. */
export class Points {
  constructor(text) {
    this.text = text;
    this.starts = null;
    this.length = text.length;
    if (/[\ud800-\udfff]/.test(text)) {
      this.starts = [];
      for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) this.starts.push(unit);
      this.length = this.starts.length;
      this.starts.push(text.length);
    }
  }

  /** Where the code point begins, in UTF-16 units. */
  unit(point) {
    const within = Math.max(0, Math.min(point, this.length));
    return this.starts ? this.starts[within] : within;
  }

  slice(start, end) {
    return this.text.slice(this.unit(start), this.unit(end));
  }

  /** The code point where `piece` stands from code point `from` on; -1 where it does not. */
  find(piece, from) {
    const unit = this.text.indexOf(piece, this.unit(from));
    return unit < 0 ? -1 : this.pointAt(unit);
  }

  pointAt(unit) {
    if (!this.starts) return unit;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
