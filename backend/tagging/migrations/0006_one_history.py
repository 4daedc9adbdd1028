from django.db import migrations

_GONE = {"sources.speakerchange", "sources.textchange"}
_VERBS = ["speaker.assign", "speaker.merge", "text.replace"]
_BATCH_SIZE = 100


def forget_rows(apps, schema_editor):
    """Changes of before hold rows of two tables that are gone; the rest of each can be undone."""
    Change = apps.get_model("tagging", "Change")
    changed = []
    for change in Change.objects.filter(verb__in=_VERBS).iterator(chunk_size=_BATCH_SIZE):
        rows = [row for row in change.rows if row["table"] not in _GONE]
        if len(rows) < len(change.rows):
            change.rows = rows
            changed.append(change)
        if len(changed) == _BATCH_SIZE:
            Change.objects.bulk_update(changed, ["rows"])
            changed = []
    Change.objects.bulk_update(changed, ["rows"])




class Migration(migrations.Migration):
    dependencies = [("tagging", "0005_undo"), ("sources", "0006_one_history")]

    operations = [migrations.RunPython(forget_rows, migrations.RunPython.noop)]
