import uuid

import django.db.models.deletion
from django.db import migrations, models

# A gap was given room for so many ids for each position it kept free.
IDS_PER_POSITION = 10


def name_positions_by_words(apps, schema_editor):
    """Order segments by the ids of their words, which rise in reading order. Ids stay as they are.

    A gap has no words: it goes to the first id that is kept free for it, or before that, behind
    the words before it.
    """
    Transcript = apps.get_model("sources", "Transcript")
    Segment = apps.get_model("sources", "Segment")
    for transcript_id, next_word_id in Transcript.objects.values_list("id", "next_word_id"):
        segments = Segment.objects.filter(transcript_id=transcript_id).order_by("position")
        rows = list(segments.values_list("id", "position", "words"))
        gaps = set(segments.filter(doubt="gap").values_list("id", flat=True))
        # Nothing is in these, and there is no id for them.
        empty = [row_id for row_id, _, words in rows if not words and row_id not in gaps]
        Segment.objects.filter(id__in=empty).delete()
        rows = [row for row in rows if row[0] not in empty]
        positions = positions_of([(position, words) for _, position, words in rows], next_word_id)
        changed = [
            Segment(id=row_id, position=new)
            for (row_id, old, _), new in zip(rows, positions, strict=True)
            if old != new
        ]
        # New positions may be others' old ones: all go out of the way first.
        far = max([next_word_id, *(old for _, old, _ in rows)], default=0) + 1
        for offset in (far, 0):
            for row in changed:
                row.position += offset
            Segment.objects.bulk_update(changed, ["position"], batch_size=500)
            for row in changed:
                row.position -= offset


def positions_of(rows, next_word_id):
    """New positions of (old position, words) in order."""
    positions = [words[0][0] if words else None for _, words in rows]
    following = next_word_id
    # Backwards: a gap's room ends before what follows, and is as wide as its positions were apart.
    for index in range(len(rows) - 1, -1, -1):
        if positions[index] is not None:
            following = positions[index]
            continue
        position, _ = rows[index]
        before, words = rows[index - 1] if index else (-1, [])
        if index and not words:
            following -= IDS_PER_POSITION * (position - before)
            positions[index] = following
        else:
            positions[index] = words[-1][0] + 1 if words else 1
    return positions


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0004_notes_and_places"),
        ("workspaces", "0002_codebook_lock"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetiredWord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("word_id", models.PositiveIntegerField()),
                (
                    "transcript",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retired_words",
                        to="sources.transcript",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["transcript", "word_id"], name="retired_word_once"
                    )
                ],
            },
        ),
        migrations.RunPython(name_positions_by_words, migrations.RunPython.noop),
    ]
