/** Notes as they will stand in the workbench. */

import transcript from '../Transcript.module.css';
import { getListMarks } from './listMarks';
import { readBlocks } from './markdown';
import classes from './Notes.module.css';

export function NotesPreview({ text }: { text: string }) {
  const blocks = readBlocks(text);
  const marks = getListMarks(blocks.map(({ style }) => style));
  if (blocks.length === 0) {
    return (
      <p className={classes.hint}>
        Here your notes appear as they will be read and marked. <code># Heading</code>,{' '}
        <code>- list</code>, <code>1. list</code> and <code>&gt; quote</code> work.
      </p>
    );
  }
  return blocks.map((block, index) => (
    <p
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name
      key={index}
      className={`${transcript.text} ${classes.block}`}
      data-style={block.style || undefined}
      data-mark={marks.get(index)}
      dir="auto"
    >
      {block.text}
    </p>
  ));
}
