"""docker-compose.yml and what it names agree with the rest of the repository."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
SETTINGS = (ROOT / "backend/config/settings.py").read_text()


def test_the_services_of_a_team_are_there():
    assert set(SERVICES) == {
        "postgres",
        "redis",
        "meilisearch",
        "migrate",
        "web",
        "speech-worker",
        "index-worker",
        "proxy",
    }


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_what_a_service_waits_for_exists_and_can_be_waited_for(name):
    for other, how in SERVICES[name].get("depends_on", {}).items():
        if how["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_images_are_pinned_or_built_from_a_file_that_exists(name):
    service = SERVICES[name]
    if "build" in service:
        assert (ROOT / service["build"]["dockerfile"]).is_file()
    else:
        assert re.search(r":v?\d", service["image"])


def test_every_volume_is_declared():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in COMPOSE["volumes"]


def test_every_setting_of_the_environment_is_read_by_the_settings_module():
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.M)) | set(SERVICES["web"]["environment"])
    for_compose_only = {"POSTGRES_PASSWORD", "MEILI_MASTER_KEY", "EARSHOT_PORT"}
    unknown = {name for name in named - for_compose_only if f'"{name}"' not in SETTINGS}
    unknown -= {"DATABASE_URL"} if 'env.db("DATABASE_URL"' in SETTINGS else set()
    assert not unknown


def test_both_sizes_start_the_same_worker_command():
    launcher = (ROOT / "scripts/start.py").read_text()
    for flag in ("--pool", "solo", "--without-gossip", "--without-mingle", "media,speech"):
        assert f'"{flag}"' in launcher
        assert flag in SERVICES["speech-worker"]["command"]


def test_every_worker_queue_has_a_worker():
    from backend.jobs.services import QUEUES  # noqa: PLC0415  (needs Django's settings)

    heard = {
        queue
        for name in ("speech-worker", "index-worker")
        for queue in SERVICES[name]["command"][-1].split(",")
    }
    assert heard == set(QUEUES.values())
