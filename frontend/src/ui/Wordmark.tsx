/** The name of the product with its sign. */

export function Wordmark({ sizePx = 28 }: { sizePx?: number }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 10 }}>
      <img src="/favicon.svg" width={sizePx} height={sizePx} alt="" />
      <span style={{ fontWeight: 680, fontSize: sizePx * 0.66, letterSpacing: '-0.01em' }}>
        Earshot
      </span>
    </span>
  );
}
