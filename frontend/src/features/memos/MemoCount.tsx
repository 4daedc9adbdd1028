/** A small sign of how many memos there are on something. */

import { IconNote } from '@tabler/icons-react';
import { formatCount } from '@/lib/text';
import classes from './Memos.module.css';

export function MemoCount({ count }: { count: number | undefined }) {
  if (!count) return null;
  const words = formatCount(count, 'memo');
  return (
    <span className={classes.count} title={words}>
      <IconNote size={13} stroke={1.8} aria-hidden />
      <span aria-hidden>{count}</span>
      <span className="only-for-screen-readers">{words}</span>
    </span>
  );
}
