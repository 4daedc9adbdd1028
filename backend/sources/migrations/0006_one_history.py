from django.db import migrations


class Migration(migrations.Migration):
    """Changes of speakers and of words throughout a text are in the history, like all others."""

    dependencies = [("sources", "0005_room_between_words")]

    operations = [
        migrations.RemoveField(model_name="wordcorrection", name="text_change"),
        migrations.DeleteModel(name="SpeakerChange"),
        migrations.DeleteModel(name="TextChange"),
    ]
