/** Files dropped anywhere on a page, or chosen with a button. */

import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './FileDrop.module.css';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

interface PageDropProps {
  /** What a drop would do: "Drop to add a session for each file". */
  invitation: string;
  isDisabled?: boolean;
  onFiles: (files: File[]) => void;
}

/** Takes files dropped anywhere on the page and says so while they hover. */
export function PageDrop({ invitation, isDisabled = false, onFiles }: PageDropProps) {
  const [isOver, setIsOver] = useState(false);
  const takeFiles = useRef(onFiles);
  takeFiles.current = onFiles;
  useEffect(() => {
    if (isDisabled) return;
    let depth = 0;
    const move = (step: number) => (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = Math.max(0, depth + step);
      setIsOver(depth > 0);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setIsOver(false);
      takeFiles.current([...(event.dataTransfer?.files ?? [])]);
    };
    const handlers: [string, (event: DragEvent) => void][] = [
      ['dragenter', move(1)],
      ['dragover', move(0)],
      ['dragleave', move(-1)],
      ['drop', drop],
    ];
    for (const [name, handler] of handlers) window.addEventListener(name, handler as EventListener);
    return () => {
      for (const [name, handler] of handlers) {
        window.removeEventListener(name, handler as EventListener);
      }
    };
  }, [isDisabled]);
  if (!isOver) return null;
  return (
    <div className={classes.overlay} aria-hidden>
      <div className={classes.invitation}>{invitation}</div>
    </div>
  );
}

interface FileButtonProps extends ButtonProps {
  accept: string;
  isMultiple?: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

export function ChooseFileButton(props: FileButtonProps) {
  const { accept, isMultiple = false, onFiles, children, ...button } = props;
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={inputRef}
        type="file"
        hidden
        accept={accept}
        multiple={isMultiple}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <Button {...button} onClick={() => inputRef.current?.click()}>
        {children}
      </Button>
    </>
  );
}
