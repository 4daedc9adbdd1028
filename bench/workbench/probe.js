// Runs before the page's own scripts: notes when text can be read, when work goes on, and how
// long a key takes until what it does has been painted.
(() => {
  const bench = { textMs: 0, wholeMs: 0, longTasks: [], keysMs: [], isShown: null };
  window.bench = bench;

  // A message sent while a frame is made is answered when that frame has been painted.
  bench.afterPaint = (done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(null);
  };

  // How long work takes with the style, layout and paint that follow from it.
  bench.timeFrame = (work) =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const startMs = performance.now();
        work();
        bench.afterPaint((endMs) => resolve(endMs - startMs));
      });
    });

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      bench.longTasks.push([startTime, startTime + duration]);
    }
  }).observe({ type: 'longtask', buffered: true });

  const watch = new MutationObserver(() => {
    if (!document.querySelector('[data-segment]')) return;
    watch.disconnect();
    requestAnimationFrame(() => bench.afterPaint((now) => (bench.textMs = now)));
  });
  watch.observe(document, { childList: true, subtree: true });

  // A long text fills up after its beginning was painted.
  let passages = 0;
  new MutationObserver(() => {
    const count = document.querySelectorAll('[data-segment]').length;
    if (count !== passages) bench.wholeMs = performance.now();
    passages = count;
  }).observe(document, { childList: true, subtree: true });

  bench.isQuiet = (quietMs, allPassages) => {
    if (!bench.textMs || passages < allPassages) return false;
    const lastMs = Math.max(bench.wholeMs, ...bench.longTasks.map(([, endMs]) => endMs));
    return performance.now() - lastMs > quietMs;
  };

  bench.interactiveMs = () =>
    Math.max(bench.textMs, ...bench.longTasks.map(([, endMs]) => endMs));

  const describe = (name) => {
    const ranges = [...(CSS.highlights.get(name) ?? [])];
    return `${ranges.length} ${ranges.map(({ startOffset, endOffset }) => [startOffset, endOffset])}`;
  };

  // From the next key on: until this highlight is another than now, and has been painted.
  bench.watchKey = (name) => {
    const before = describe(name);
    document.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const look = () => {
          if (describe(name) === before) requestAnimationFrame(look);
          else bench.afterPaint((now) => bench.keysMs.push(now - timeStamp));
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  };

  bench.scroll = async (frames, pixels) => {
    const longMs = [];
    let lastMs = await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < frames; frame += 1) {
      window.scrollBy(0, pixels);
      const nowMs = await new Promise(requestAnimationFrame);
      longMs.push(nowMs - lastMs);
      lastMs = nowMs;
    }
    return longMs;
  };
})();
