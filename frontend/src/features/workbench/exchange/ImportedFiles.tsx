/** The files that versions of a text were read from, and what was left out of each, by line. */

import { Anchor, CloseButton, Text, Title } from '@mantine/core';
import type { ImportedFile } from '@/api';
import { useWorkspace } from '@/app/workspace';
import { formatCount } from '@/lib/text';
import { formatSize } from '@/lib/time';
import { useLeftJobs } from '../StageList';
import { useWorkbench } from '../workbench';
import { AddTranscriptButton } from './AddTranscript';
import classes from './Imports.module.css';

function Skipped({ file, intro }: { file: ImportedFile; intro: string }) {
  // Paragraphs are what a Word document has in place of lines.
  const unit = file.name.toLowerCase().endsWith('.docx') ? 'Paragraph' : 'Line';
  return (
    <details className={classes.skipped}>
      <summary>{intro}</summary>
      <ul>
        {file.skipped.map(({ line, reason }) => (
          <li key={`${line} ${reason}`}>
            <span>
              {unit} {line}
            </span>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function countSkipped({ skipped }: ImportedFile): string {
  return `${formatCount(skipped.length, 'line')} left out or guessed`;
}

/** Above the text that was read from a file, until somebody has seen it. */
export function ImportNotice() {
  const { source, transcript } = useWorkbench();
  const { left, leave } = useLeftJobs();
  const file = source.imported_files.find((one) => one.transcript_id === transcript.id);
  const isSeen = !file || left.includes(file.id);
  if (isSeen || (file.skipped.length === 0 && !transcript.notice)) return null;
  return (
    <div className={classes.notice}>
      {file.skipped.length ? (
        <Skipped
          file={file}
          intro={`Read from “${file.name}”. ${transcript.notice || countSkipped(file)}`}
        />
      ) : (
        <div className={classes.skipped}>
          Read from “{file.name}”. {transcript.notice}
        </div>
      )}
      <CloseButton size="sm" aria-label="Close this notice" onClick={() => leave(file.id)} />
    </div>
  );
}

function FileRow({ file }: { file: ImportedFile }) {
  const { permissions } = useWorkspace();
  const { source } = useWorkbench();
  return (
    <li>
      <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
        {file.name}
      </Text>
      <Text size="sm" c="dimmed">
        {[
          file.format.toUpperCase(),
          formatSize(file.size_bytes),
          file.transcript_id ? '' : 'not read',
        ]
          .filter(Boolean)
          .join(' · ')}
        {permissions.may_see_names && source.withdrawn.length === 0 ? (
          <>
            {' · '}
            <Anchor href={file.original_url} download underline="always" size="sm">
              Download
            </Anchor>
          </>
        ) : null}
      </Text>
      {file.skipped.length ? <Skipped file={file} intro={countSkipped(file)} /> : null}
    </li>
  );
}

export function ImportedFiles() {
  const { session, source, mayMark } = useWorkbench();
  const files = source.imported_files;
  const mayAdd = mayMark && !source.is_closed;
  if (files.length === 0 && (!mayAdd || source.kind !== 'recording')) return null;
  return (
    <section>
      <Title order={2} size="h4" mb={4}>
        Transcripts made elsewhere
      </Title>
      {files.length ? (
        <ul className={classes.files}>
          {files.map((file) => (
            <FileRow key={file.id} file={file} />
          ))}
        </ul>
      ) : (
        <Text size="sm" c="dimmed">
          What Zoom, Teams, Meet, Otter, YouTube or a person wrote of it can become another version
          of the text.
        </Text>
      )}
      {mayAdd ? (
        <div style={{ marginTop: 10 }}>
          <AddTranscriptButton sessionId={session.id} sourceId={source.id}>
            {files.length ? 'Add another' : 'Add a transcript made elsewhere'}
          </AddTranscriptButton>
        </div>
      ) : null}
    </section>
  );
}
