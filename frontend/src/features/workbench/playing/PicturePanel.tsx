/** The picture of a film beside or above its text: moved, resized, put aside. */

import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconLayoutNavbar,
  IconLayoutSidebarRight,
  IconPictureInPicture,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { getMediaElement, usePicturePlace, usePlayer } from '@/app/player';
import { notifyFailure } from '@/ui';
import { useWorkbench } from '../workbench';
import classes from './Playing.module.css';
import { clampHeight, HEIGHT_MINIMUM_PX, type Picture } from './usePicture';

const STEP_PX = 24;

function Screen({ onToggle, isPlaying }: { onToggle: () => void; isPlaying: boolean }) {
  const ref = useRef<HTMLSpanElement>(null);
  usePicturePlace(ref);
  return (
    <button
      type="button"
      className={classes.screenButton}
      aria-label={isPlaying ? 'Pause the film' : 'Play the film'}
      onClick={onToggle}
    >
      <span ref={ref} className={classes.screen} />
    </button>
  );
}

/** A line to drag, or to move with the arrow keys. */
function Edge({ picture }: { picture: Picture }) {
  const start = useRef({ y: 0, heightPx: 0 });
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowUp: -STEP_PX, ArrowDown: STEP_PX };
    if (!(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    picture.resize(picture.heightPx + steps[event.key]);
  };
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    picture.resize(start.current.heightPx + event.clientY - start.current.y);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no <hr>
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the picture"
      aria-valuenow={picture.heightPx}
      aria-valuemin={HEIGHT_MINIMUM_PX}
      aria-valuemax={clampHeight(Number.POSITIVE_INFINITY, window.innerHeight)}
      tabIndex={0}
      className={classes.edge}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { y: event.clientY, heightPx: picture.heightPx };
      }}
      onPointerMove={drag}
    />
  );
}

async function showApart() {
  const media = getMediaElement();
  try {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await media.requestPictureInPicture();
  } catch (error) {
    notifyFailure('The picture can’t be shown apart just now. Play it first.', error);
  }
}

function Tools({ picture }: { picture: Picture }) {
  const isBeside = picture.place === 'side';
  const PlaceIcon = isBeside ? IconLayoutNavbar : IconLayoutSidebarRight;
  const moveTo = isBeside ? 'Show the picture above the text' : 'Show the picture beside the text';
  return (
    <div className={classes.pictureTools}>
      {picture.maySide ? (
        <Tooltip label={`${moveTo} (Shift W)`}>
          <ActionIcon variant="default" size="md" aria-label={moveTo} onClick={picture.move}>
            <PlaceIcon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
      {document.pictureInPictureEnabled ? (
        <Tooltip label="Show it in a window of its own">
          <ActionIcon
            variant="default"
            size="md"
            aria-label="Show the picture in a window of its own"
            onClick={() => void showApart()}
          >
            <IconPictureInPicture size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
      <Tooltip label="Hide the picture (w)">
        <ActionIcon
          variant="default"
          size="md"
          aria-label="Hide the picture"
          onClick={picture.toggle}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

interface PicturePanelProps {
  picture: Picture;
  onToggle: () => void;
}

export function PicturePanel({ picture, onToggle }: PicturePanelProps) {
  const { source } = useWorkbench();
  const { track, isPlaying } = usePlayer();
  const isOurs = track?.sourceId === source.id;
  return (
    <section className={classes.picture} aria-label="Picture" data-place={picture.place}>
      <div
        className={classes.frame}
        style={{ height: picture.heightPx }}
        data-is-waiting={!isOurs || undefined}
      >
        <Screen onToggle={onToggle} isPlaying={isOurs && isPlaying} />
        <Tools picture={picture} />
      </div>
      <Edge picture={picture} />
    </section>
  );
}
