// The words of the open page twice more, by plain DOM calls: as the page has them (a text node for
// each passage, highlights, content-visibility) and with an element for each word.
async ({ rounds, excerpts }) => {
  const shown = [...document.querySelectorAll('[data-segment]')];
  const rowClass = shown[0].parentElement.className;
  const blocks = [...new Set(shown.map((element) => element.parentElement.parentElement))];
  const blockSizes = blocks.map((block) => block.querySelectorAll('[data-segment]').length);
  const textClass = shown[0].className;
  const texts = shown.map((element) => element.textContent);
  const words = texts.map((text) => text.split(' '));
  const count = words.reduce((sum, list) => sum + list.length, 0);
  const places = words.flatMap((list, row) => list.map((_, index) => [row, index]));
  const ranges = Array.from({ length: excerpts }, (_, index) => {
    const first = Math.floor((index * 997 * count) / (excerpts * 997)) % (count - 60);
    return [first, first + 10 + ((index * 37) % 50)];
  });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .bench { position: absolute; inset: 0 auto auto 0; width: 860px; background: Canvas; }
    .bench-plain > * { content-visibility: visible; }
    .bench-marked { background: #fde; text-decoration: underline 2px #b36; }
    .bench-said { background: #fe8; }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  window.scrollTo(0, 0);

  const makeRow = (fill) => {
    const row = document.createElement('div');
    row.className = rowClass;
    const text = document.createElement('p');
    text.className = textClass;
    fill(text);
    row.append(document.createElement('div'), text, document.createElement('div'));
    return row;
  };
  const makeBox = (className, rows) => {
    const box = document.createElement('div');
    box.className = `bench ${className}`;
    let from = 0;
    blocks.forEach((shownBlock, index) => {
      const block = document.createElement('div');
      block.className = shownBlock.className;
      block.style.cssText = shownBlock.style.cssText;
      block.append(...rows.slice(from, from + blockSizes[index]));
      from += blockSizes[index];
      box.append(block);
    });
    document.body.append(box);
    return box;
  };

  const textNodes = {
    build() {
      const rows = texts.map((text) =>
        makeRow((paragraph) => {
          paragraph.append(text);
        }),
      );
      this.box = makeBox('', rows);
      this.nodes = rows.map((row) => row.children[1].firstChild);
      this.offsets = words.map((list) => {
        let offset = 0;
        return list.map((word) => (offset += word.length + 1) - word.length - 1);
      });
    },
    getRange(first, last) {
      const [[startRow, start], [endRow, end]] = [places[first], places[last]];
      return new StaticRange({
        startContainer: this.nodes[startRow],
        startOffset: this.offsets[startRow][start],
        endContainer: this.nodes[endRow],
        endOffset: this.offsets[endRow][end] + words[endRow][end].length,
      });
    },
    mark() {
      const made = ranges.map(([first, last]) => this.getRange(first, last));
      CSS.highlights.set('excerpt-pain', new Highlight(...made));
    },
    say(word) {
      CSS.highlights.set('word-spoken', new Highlight(this.getRange(word, word)));
    },
    clear() {
      CSS.highlights.clear();
      this.box.remove();
    },
  };

  const spans = {
    build() {
      this.spans = [];
      const rows = words.map((list) =>
        makeRow((paragraph) => {
          for (const word of list) {
            const span = document.createElement('span');
            span.textContent = word;
            paragraph.append(span, ' ');
            this.spans.push(span);
          }
        }),
      );
      this.box = makeBox('bench-plain', rows);
    },
    mark() {
      for (const [first, last] of ranges) {
        for (let word = first; word <= last; word += 1) {
          this.spans[word].classList.add('bench-marked');
        }
      }
    },
    say(word) {
      this.said?.classList.remove('bench-said');
      this.said = this.spans[word];
      this.said.classList.add('bench-said');
    },
    clear() {
      this.box.remove();
    },
  };

  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const measure = async (way) => {
    CSS.highlights.clear();
    const buildMs = await bench.timeFrame(() => way.build());
    const elements = way.box.querySelectorAll('*').length;
    const markMs = await bench.timeFrame(() => way.mark());
    const said = [];
    for (let word = 0; word < 15; word += 1) said.push(await bench.timeFrame(() => way.say(word)));
    way.clear();
    await bench.timeFrame(() => {});
    return { buildMs, markMs, sayMs: median(said), elements };
  };

  const result = { textNodes: [], spans: [] };
  for (let round = 0; round < rounds; round += 1) {
    // In turn, so that neither always comes first.
    const order = round % 2 === 0 ? ['textNodes', 'spans'] : ['spans', 'textNodes'];
    for (const name of order) result[name].push(await measure({ textNodes, spans }[name]));
  }
  return result;
}
